// The page to try the API on: Swagger UI, with sign-in (docs/api-documents.md).

import { loadGateway } from "../shared/app/gateway.ts";
import { getDocs } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getDocs, loadGateway, (endpoints, input) => endpoints.getDocs(input));
