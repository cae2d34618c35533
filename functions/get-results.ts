// The rows of one query result, page by page (design §3.6).

import { loadGateway } from "../shared/app/gateway.ts";
import { getResults } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getResults, loadGateway, (endpoints, input) => endpoints.getResults(input));
