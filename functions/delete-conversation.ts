// Deletes one conversation of the caller in Genie (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { deleteConversation } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(deleteConversation, loadGateway, (endpoints, input) =>
  endpoints.deleteConversation(input),
);
