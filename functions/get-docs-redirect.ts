// Where the sign-in of /docs ends: hands the code to the page that asked for it.

import { loadGateway } from "../shared/app/gateway.ts";
import { getDocsRedirect } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(getDocsRedirect, loadGateway, (endpoints, input) => endpoints.getDocsRedirect(input));
