// What has to be clear before a question is asked: which conversation it goes on with, and whether the rows can be
// saved. A refusal here has cost nothing; nothing is sent.

import type { AskOptions } from "./command-line.ts";
import type { Gateway } from "./find-gateway.ts";
import type { LastConversation } from "./last-conversation.ts";
import { openPartFile, type PartFile } from "./part-file.ts";

export interface PreparedAsk {
  readonly options: AskOptions;
  /** For the rows of the first result; null without `--csv`. The caller's to discard. */
  readonly file: PartFile | null;
}

/** @returns a refusal is a sentence for the person */
export async function prepareAsk(
  options: AskOptions,
  gateway: Gateway,
  last: LastConversation,
): Promise<PreparedAsk | { readonly refusal: string }> {
  const followed = options.followUp ? await last.read() : null;
  if (options.followUp && followed === null) return { refusal: NOTHING_TO_FOLLOW };
  const asked = followed === null ? options : { ...options, conversation: followed };
  if (options.trace && gateway.collectorUrl === undefined) return { refusal: NO_COLLECTOR };
  if (options.csv === undefined) return { options: asked, file: null };
  if (gateway.credential.kind === "function-key") return { refusal: KEY_READS_NO_ROWS };
  const file = await openPartFile(options.csv);
  return "refusal" in file ? file : { options: asked, file };
}

const NOTHING_TO_FOLLOW =
  "There is no question to follow up: this caller has asked none here yet, or the last one had not reached Genie. Ask without --follow-up, or name a --conversation.";
const NO_COLLECTOR =
  "There is no collector to read the trace from: --trace works with the stand that “npm start” runs.";
const KEY_READS_NO_ROWS =
  "Rows cannot be downloaded with a function key alone: it opens nothing but the question. Ask without --csv, or with a token.";
