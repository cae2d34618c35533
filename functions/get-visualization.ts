// The picture of one visualisation of a message (design §3.1 table).

import { loadGateway } from "../shared/app/gateway.ts";
import { getVisualization } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getVisualization, loadGateway, (endpoints, input) => endpoints.getVisualization(input));
