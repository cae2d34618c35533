// Lists the caller's own conversations of one space, newest first (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { listConversations } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(listConversations, loadGateway, (endpoints, input) =>
  endpoints.listConversations(input),
);
