// One message as an Answer, with its rows (design §3.3).

import { loadGateway } from "../shared/app/gateway.ts";
import { getMessage } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getMessage, loadGateway, (endpoints, input) => endpoints.getMessage(input));
