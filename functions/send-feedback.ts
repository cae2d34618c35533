// What the caller thinks of a message, handed on to Genie (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { sendFeedback } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(sendFeedback, loadGateway, (endpoints, input) => endpoints.sendFeedback(input));
