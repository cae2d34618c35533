// The one thing that every part of the app which reaches out is made with. A type only.

import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";

export interface OutwardDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly send: SendOutbound;
}
