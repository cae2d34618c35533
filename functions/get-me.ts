// The signed-in user as Databricks knows it (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { getMe } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getMe, loadGateway, (endpoints, input) => endpoints.getMe(input));
