// Shows on stderr what Genie is doing: a spinner on a terminal, else one plain line for each new stage.

import type { Ora } from "ora";
import type { OperationBody } from "../../shared/contracts/operation.ts";

export interface StageDisplay {
  show(operation: OperationBody): void;
  /** The same for what we do ourselves. */
  say(text: string): void;
  /** Takes the spinner away; nothing of it stays on the screen. */
  end(): void;
}

const STAGES: Readonly<Record<string, string>> = {
  waiting_for_slot: "Waiting for a slot of the question budget",
  waiting_for_user: "Waiting for the user's next request",
  SUBMITTED: "Handed to Genie",
  FILTERING_CONTEXT: "Genie looks for what matters",
  FETCHING_METADATA: "Genie reads about the data",
  ASKING_AI: "Genie thinks",
  PENDING_WAREHOUSE: "Waiting for the SQL warehouse",
  EXECUTING_QUERY: "Running the SQL",
};

export async function createStageDisplay(stream: NodeJS.WriteStream): Promise<StageDisplay> {
  // A terminal without a width (a job runner's) makes the spinner clear lines without end.
  return stream.isTTY && stream.columns > 0 ? spinner(stream) : lines(stream);
}

async function spinner(stream: NodeJS.WriteStream): Promise<StageDisplay> {
  const { default: ora } = await import("ora");
  let shown: Ora | null = null;
  const say = (text: string): void => {
    // The terminal keeps its input: swallowing it would swallow Ctrl-C on some systems.
    shown ??= ora({ stream, discardStdin: false });
    shown.text = text;
    if (!shown.isSpinning) shown.start();
  };
  return {
    say,
    show: (operation) => say(`${stageText(operation)}${turnText(operation)}`),
    end: () => void shown?.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): StageDisplay {
  let last = "";
  const say = (text: string): void => {
    if (text !== last) stream.write(`${text} …\n`);
    last = text;
  };
  return { say, show: (operation) => say(stageText(operation)), end: () => undefined };
}

/** How far away the turn is, as far as it was known at this look. */
function turnText({ stage, retry_after_s: seconds }: OperationBody): string {
  return stage === "waiting_for_slot" ? `, about ${seconds} s` : "";
}

function stageText({ stage, status }: OperationBody): string {
  if (status !== "queued" && status !== "running") return "Reading the result";
  return STAGES[stage] ?? "Genie works";
}
