// The outcome of one operation: 202 while running, then what the ask would have answered (design §3.4).

import { loadGateway } from "../shared/app/gateway.ts";
import { getOperationResult } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getOperationResult, loadGateway, (endpoints, input) =>
  endpoints.getOperationResult(input),
);
