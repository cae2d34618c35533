// Reads what development hosts wrote down during the tests (record-exchange.ts).

import { globSync, readFileSync } from "node:fs";
import type { RecordedExchange } from "../../../local/functions-host/http/record-exchange.ts";

/** Below it each kind of test has a folder of its own; named in the configurations of vitest. */
export const EXCHANGES_FOLDER = ".local/exchanges";

/** The end of a file that a killed worker could not finish is no exchange. @throws SyntaxError for any other line */
export function* recordedExchanges(folder: string): Generator<RecordedExchange> {
  for (const file of globSync(`${folder}/**/*.jsonl`)) {
    const lines = readFileSync(file, "utf8").split("\n");
    for (const line of lines.slice(0, -1)) yield JSON.parse(line) as RecordedExchange;
  }
}
