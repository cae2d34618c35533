// Cancels the operation of an Idempotency-Key, for engines that no longer have its id (design §3).

import { loadGateway } from "../shared/app/gateway.ts";
import { cancelOperationByKey } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(cancelOperationByKey, loadGateway, (endpoints, input) =>
  endpoints.cancelOperationByKey(input),
);
