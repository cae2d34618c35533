// Lists the configured spaces the caller may see (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { listSpaces } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(listSpaces, loadGateway, (endpoints, input) => endpoints.listSpaces(input));
