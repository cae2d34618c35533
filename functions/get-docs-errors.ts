// The catalogue of failures, to which the type of every problem leads (design §3.9).

import { loadGateway } from "../shared/app/gateway.ts";
import { getDocsErrors } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getDocsErrors, loadGateway, (endpoints, input) => endpoints.getDocsErrors(input));
