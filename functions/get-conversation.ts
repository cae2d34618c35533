// One conversation with its newest messages (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { getConversation } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getConversation, loadGateway, (endpoints, input) => endpoints.getConversation(input));
