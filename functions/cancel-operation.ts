// Cancels one operation: polling stops, Genie itself cannot be stopped (design §3.4).

import { loadGateway } from "../shared/app/gateway.ts";
import { cancelOperation } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(cancelOperation, loadGateway, (endpoints, input) => endpoints.cancelOperation(input));
