// Readiness: every dependency and the settings, by name and state only (design §3.8).
// Mounted on its own composition, so that it also answers when the settings are faulty.

import { loadHealth } from "../shared/app/gateway.ts";
import { healthReady } from "../shared/contracts/routes.ts";
import { mountRoute } from "../shared/http/mount-route.ts";

mountRoute(healthReady, loadHealth, (endpoints, input) => endpoints.healthReady(input));
