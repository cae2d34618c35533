// Asks Genie as the app: an app-only token with the role, or the function key (design §3.2).
// The host asks for a key unless `APP_ENDPOINT_AUTH` says entra: a typing mistake never opens it.

import { appEndpointAuthLevel } from "../shared/app/app-endpoint-auth-level.ts";
import { loadGateway } from "../shared/app/gateway.ts";
import { queryApp } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(queryApp, loadGateway, (endpoints, input) => endpoints.queryApp(input), {
  authLevel: appEndpointAuthLevel(),
});
