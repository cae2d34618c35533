// The status monitor of one operation: always 200 while it is known (design §3.4).

import { loadGateway } from "../shared/app/gateway.ts";
import { getOperation } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getOperation, loadGateway, (endpoints, input) => endpoints.getOperation(input));
