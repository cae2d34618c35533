// The outcome on standard output, or on standard error where it is no answer, in the form that was asked for. Reads
// the card where that is the form; else it asks for nothing.

import type { AskOptions } from "./command-line.ts";
import type { Reader } from "./get-when-ready.ts";
import { EXIT, exitCode, type Outcome } from "./outcome.ts";
import { plain, plainJson } from "./plain-text.ts";
import { type CardRead, readCard } from "./read-card.ts";
import { outcomeJson, outcomeText } from "./write-outcome.ts";

/**
 * @param result link of the operation's result; undefined where the reply to the question was the answer
 * @returns the exit code
 * @throws the signal's reason when it aborts
 */
export async function printOutcome(
  outcome: Outcome,
  { print }: AskOptions,
  result: string | undefined,
  reader: Reader,
): Promise<number> {
  if (print === "card" && outcome.kind === "answered") {
    const own = `/genie/operations/${outcome.answer.operation_id}/result`;
    return printCard(await readCard(result ?? own, reader));
  }
  if (print === "json") process.stdout.write(`${outcomeJson(outcome)}\n`);
  else if (outcome.kind === "answered") process.stdout.write(`${outcomeText(outcome)}\n`);
  else process.stderr.write(`${outcomeText(outcome)}\n`);
  return exitCode(outcome);
}

function printCard(read: CardRead): number {
  if (read.kind === "card") {
    process.stdout.write(`${plainJson(read.card, 0)}\n`);
    return EXIT.answered;
  }
  if (read.kind === "preparing") {
    process.stderr.write(plain(`The card is not ready yet. It is at: GET ${read.link}\n`));
    return EXIT.unfinished;
  }
  process.stderr.write(`${outcomeText(read)}\n`);
  return exitCode(read);
}
