// Asks Genie as the signed-in user, on-behalf-of (design §3.2). Never falls back to the app identity.

import { loadGateway } from "../shared/app/gateway.ts";
import { queryObo } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(queryObo, loadGateway, (endpoints, input) => endpoints.queryObo(input));
