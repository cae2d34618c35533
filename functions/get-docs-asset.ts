// One script or style of the pages (docs/api-documents.md).

import { loadGateway } from "../shared/app/gateway.ts";
import { getDocsAsset } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getDocsAsset, loadGateway, (endpoints, input) => endpoints.getDocsAsset(input));
