// Loads the exporter only after the first piece of work is over, so that no cold start and no first answer waits for
// it. An exporter that cannot be loaded ends the recording, and nothing else.

import type { Clock } from "./clock.ts";
import { createHold } from "./hold.ts";
import type { Logger } from "./logger.ts";
import type { Sampler } from "./sampler.ts";
import { setRecording, type TelemetrySink } from "./sink.ts";

/** Takes spans and measurements without ever making the caller wait. */
export interface Exporting extends TelemetrySink {
  /** Sends what it holds, and ends. */
  shutdown(): Promise<void>;
}

export interface LateExportDeps {
  readonly load: () => Promise<Exporting>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sampler: Sampler;
}

/** The first answer is on its way by then; loading takes a core for a moment. */
const LOAD_AFTER_MS = 1_000;
/** The host gives a worker little time to end, and a telemetry endpoint that hangs must not use it up. */
const STOP_MS = 500;

/** Records from now on. @returns how to end: at most 0.5 s */
export function startLateExport(deps: LateExportDeps): () => Promise<void> {
  const { load, clock, logger, sampler } = deps;
  const hold = createHold();
  let exporting: Promise<Exporting | undefined> | undefined;
  const open = (): Promise<Exporting | undefined> => {
    exporting ??= load().then(
      (loaded) => {
        hold.release(loaded);
        setRecording({ sink: loaded, clock, sampler });
        return loaded;
      },
      () => {
        setRecording(undefined);
        logger.warn("telemetry_not_started");
        return undefined;
      },
    );
    return exporting;
  };
  const later = () => void clock.sleep(LOAD_AFTER_MS).then(open);
  let isPlanned = false;
  const sink: TelemetrySink = {
    measurement: hold.measurement,
    span: (record) => {
      hold.span(record);
      if (isPlanned || record.kind === "client") return; // part of a piece of work that goes on
      isPlanned = true;
      later();
    },
  };
  setRecording({ sink, clock, sampler });
  return async () => {
    const flush = async () => {
      if (exporting === undefined && hold.isEmpty()) return;
      await (await open())?.shutdown();
    };
    await Promise.race([flush().catch(() => {}), clock.sleep(STOP_MS)]);
    setRecording(undefined);
  };
}
