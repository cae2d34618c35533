// Runs the SQL of a result again, for rows that have expired (design §3.6).

import { loadGateway } from "../shared/app/gateway.ts";
import { rerunResults } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(rerunResults, loadGateway, (endpoints, input) => endpoints.rerunResults(input));
