// One run of `npm run ask`, from the options to the exit code: prepare, ask, follow, print, save. Whatever ends it, no
// half-written file stays behind.

import type { OperationBody } from "../../shared/contracts/operation.ts";
import { systemClock } from "../../shared/telemetry/clock.ts";
import { askAndFollow } from "./ask-and-follow.ts";
import type { AskOptions } from "./command-line.ts";
import type { Gateway } from "./find-gateway.ts";
import { createLastConversation, type LastConversation } from "./last-conversation.ts";
import { EXIT, type Outcome } from "./outcome.ts";
import { type PreparedAsk, prepareAsk } from "./prepare-ask.ts";
import { printOutcome } from "./print-outcome.ts";
import { newRunTrace, type RunTrace, readTrace } from "./read-trace.ts";
import { saveRows } from "./save-rows.ts";
import { createStageDisplay, type StageDisplay } from "./show-stage.ts";
import { traceText } from "./trace-text.ts";
import { goOnText } from "./write-outcome.ts";

interface Run {
  readonly gateway: Gateway;
  readonly last: LastConversation;
  readonly signal: AbortSignal;
  readonly display: StageDisplay;
  /** As last seen, while nobody knows the outcome. */
  waitsFor: OperationBody | undefined;
}

/** @param folder where the last conversations are kept */
export async function runAsk(options: AskOptions, found: Gateway, folder: string): Promise<number> {
  const signal = stopSignal();
  const trace = options.trace ? newRunTrace() : null;
  const gateway = trace === null ? found : { ...found, traceparent: trace.traceparent };
  const last = createLastConversation(folder, {
    gateway,
    as: options.as,
    space: options.space ?? "default",
  });
  const prepared = await prepareAsk(options, gateway, last);
  if ("refusal" in prepared) {
    tell(prepared.refusal);
    return EXIT.usage;
  }
  const display = await createStageDisplay(process.stderr);
  const run: Run = { gateway, last, signal, display, waitsFor: undefined };
  try {
    const code = await askPrintSave(prepared, run);
    if (trace !== null) await showTrace(trace, run);
    return code;
  } catch (error) {
    display.end();
    if (!signal.aborted) throw error;
    return await stopped(run);
  } finally {
    await prepared.file?.discard();
  }
}

async function askPrintSave({ options, file }: PreparedAsk, run: Run): Promise<number> {
  const { gateway, signal, display } = run;
  const deadline = systemClock.now() + options.waitSeconds * 1_000;
  const reader = { gateway, clock: systemClock, signal, deadline };
  let result: string | undefined;
  const outcome = await askAndFollow(options, {
    ...reader,
    onState: (operation) => {
      run.waitsFor = operation;
      result = operation.links.result;
      display.show(operation);
    },
  });
  run.waitsFor = undefined;
  display.end();
  await keepConversation(outcome, run.last);
  const code = await printOutcome(outcome, options, result, reader);
  if (code !== EXIT.answered || outcome.kind !== "answered" || file === null) return code;
  return saveRows(outcome.answer, file, {
    ...reader,
    onStart: (path) => display.say(`Saving rows in ${path}`),
    tell: (text) => {
      display.end();
      tell(text);
    },
  });
}

/** On standard error, where what is no answer goes. That it cannot be read takes nobody's answer away. */
async function showTrace(trace: RunTrace, { gateway, signal }: Run): Promise<void> {
  try {
    const reader = { clock: systemClock, signal };
    tell(`\n${traceText(await readTrace(gateway.collectorUrl ?? "", trace, reader))}`);
  } catch {
    signal.throwIfAborted();
    tell("The trace could not be read from the stand.");
  }
}

/** A second signal ends the process at once, as the default does. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(name, () => stop.abort());
  return stop.signal;
}

async function stopped({ waitsFor, last }: Run): Promise<number> {
  tell(`\n${waitsFor === undefined ? "Stopped." : goOnText(waitsFor.links)}`);
  if (waitsFor !== undefined) {
    await keepConversation({ kind: "unfinished", operation: waitsFor }, last);
  }
  return EXIT.interrupted;
}

/** That it cannot be kept takes nobody's answer away. */
async function keepConversation(outcome: Outcome, last: LastConversation): Promise<void> {
  try {
    if (outcome.kind === "answered") await last.keep(outcome.answer.conversation_id);
    if (outcome.kind === "unfinished") await last.keep(outcome.operation.conversation_id ?? null);
  } catch {
    tell("The conversation could not be kept: --follow-up will not find this question.");
  }
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
