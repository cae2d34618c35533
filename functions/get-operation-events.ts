// The stages of one operation as server-sent events, then its answer (design §3.4).

import { loadGateway } from "../shared/app/gateway.ts";
import { getOperationEvents } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getOperationEvents, loadGateway, (endpoints, input) =>
  endpoints.getOperationEvents(input),
);
