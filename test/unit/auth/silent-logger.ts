// A logger for tests that look at other things.

import type { Logger } from "../../../shared/telemetry/logger.ts";

const nothing = (): void => undefined;

export const silentLogger: Logger = { info: nothing, warn: nothing, error: nothing };
