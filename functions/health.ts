// Liveness: the process answers; no dependency is touched (design §3.1).
// Mounted on its own composition, so that it also answers when the settings are faulty.

import { loadHealth } from "../shared/app/gateway.ts";
import { health } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(health, loadHealth, (endpoints, input) => endpoints.health(input));
