// One configured space with title and description, read live as the caller (design §3.5).

import { loadGateway } from "../shared/app/gateway.ts";
import { getSpace } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getSpace, loadGateway, (endpoints, input) => endpoints.getSpace(input));
