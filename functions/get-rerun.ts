// How a rerun that still runs is getting on (design §3.6).

import { loadGateway } from "../shared/app/gateway.ts";
import { getRerun } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getRerun, loadGateway, (endpoints, input) => endpoints.getRerun(input));
