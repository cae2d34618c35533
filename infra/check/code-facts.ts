// What the code itself says, for comparison with the template: registered functions, queues, tables, settings. It loads the
// app as the Functions worker would; nothing is started.

import { provideCoreModule } from "../../local/functions-host/worker/core-module.ts";
import { createHooks } from "../../local/functions-host/worker/hooks.ts";
import { QUEUES } from "../../shared/app/queue-names.ts";
import { SETTING_NAMES } from "../../shared/config/raw-settings.ts";
import { TELEMETRY_SETTING_NAMES } from "../../shared/config/telemetry-settings.ts";
import * as storageNames from "../../shared/stores/storage-names.ts";

export interface CodeFacts {
  /** Names of the registered functions. */
  readonly functions: readonly string[];
  /** Function that drives the questions for which nobody waits: the one that listens to the poll queue. */
  readonly poller: string;
  /** Work and poison. */
  readonly queues: readonly string[];
  readonly tables: readonly string[];
  /** Every setting that the gateway reads. */
  readonly settings: readonly string[];
}

export async function readCodeFacts(): Promise<CodeFacts> {
  const { functions } = provideCoreModule(createHooks(), () => {});
  await import("../../functions/main.ts");
  const listening = [...functions].flatMap(([name, { metadata }]) =>
    Object.values(metadata.bindings).flatMap(({ queueName }) =>
      typeof queueName === "string" ? [{ name, queueName }] : [],
    ),
  );
  return {
    functions: [...functions.keys()],
    poller: listening.find(({ queueName }) => queueName === QUEUES.poll)?.name ?? "",
    queues: listening.map(({ queueName }) => queueName),
    tables: Object.entries(storageNames).flatMap(([name, value]) =>
      name.endsWith("_TABLE") ? [value] : [],
    ),
    settings: [...SETTING_NAMES, ...TELEMETRY_SETTING_NAMES],
  };
}
