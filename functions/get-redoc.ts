// The page to read the API on: ReDoc (docs/api-documents.md).

import { loadGateway } from "../shared/app/gateway.ts";
import { getRedoc } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getRedoc, loadGateway, (endpoints, input) => endpoints.getRedoc(input));
