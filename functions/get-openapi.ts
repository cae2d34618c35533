// The OpenAPI document, with the address and the sign-in of this deployment.

import { loadGateway } from "../shared/app/gateway.ts";
import { getOpenapi } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getOpenapi, loadGateway, (endpoints, input) => endpoints.getOpenapi(input));
