// Messages of one conversation: pages go back in time, each oldest first (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { listMessages } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(listMessages, loadGateway, (endpoints, input) => endpoints.listMessages(input));
