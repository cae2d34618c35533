// `--csv`: the rows of every result of an answer, each in a file of its own, one after the other. The answer itself is
// not its concern; what was saved stays when a later result fails.

import path from "node:path";
import type { Answer } from "../../shared/contracts/answer.ts";
import { type Download, downloadRows } from "./download-rows.ts";
import type { Reader } from "./get-when-ready.ts";
import { EXIT, exitCode } from "./outcome.ts";
import { openPartFile, type PartFile } from "./part-file.ts";
import { plain } from "./plain-text.ts";
import { outcomeText } from "./write-outcome.ts";

export interface Saving extends Reader {
  /** A line for the person. */
  tell(text: string): void;
  /** Called before each wait for rows. */
  onStart(file: string): void;
}

/**
 * @param first takes the rows of the first result
 * @returns the exit code
 * @throws the signal's reason when it aborts
 */
export async function saveRows(answer: Answer, first: PartFile, saving: Saving): Promise<number> {
  const links = answer.results.flatMap(({ links: each }) => each?.csv ?? []);
  const isShort = links.length < answer.results.length;
  if (isShort) saving.tell(WITHOUT_LINK);
  if (answer.results.length === 0) saving.tell("The answer has no rows to save.");
  if (links.length === 0) return EXIT.noRows;
  for (const [index, link] of links.entries()) {
    const file = index === 0 ? first : await openPartFile(numbered(first.path, index + 1));
    if ("refusal" in file) {
      saving.tell(file.refusal);
      return EXIT.unexpected;
    }
    const code = await saveOne(link, file, saving);
    if (code !== EXIT.answered) return code;
  }
  return isShort ? EXIT.noRows : EXIT.answered; // a script must not take what is there for all
}

const WITHOUT_LINK =
  "Some rows cannot be saved: the gateway gives no link to a result that Genie sent without an id.";

/** `rows.csv` → `rows-2.csv` */
function numbered(file: string, number: number): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}-${number}${ext}`);
}

async function saveOne(link: string, file: PartFile, saving: Saving): Promise<number> {
  saving.onStart(file.path);
  try {
    const download = await downloadRows(link, file, saving);
    saving.tell(downloadText(download, file.path));
    if (download.kind !== "saved") saving.tell(plain(`The rows are at: GET ${link}`));
    return codeOfDownload(download);
  } finally {
    await file.discard();
  }
}

function downloadText(download: Download, file: string): string {
  switch (download.kind) {
    case "saved": {
      const [rows, bytes] = [download.rows, download.bytes].map((n) => n.toLocaleString("en-GB"));
      return `Saved ${rows} rows (${bytes} bytes) in ${file}`;
    }
    case "preparing":
      return `The rows were not ready when the wait was over; ${file} was not written.`;
    case "broken":
      return `${download.reason} ${file} was not written.`;
    case "unwritable":
      return download.reason;
    default:
      return outcomeText(download);
  }
}

function codeOfDownload(download: Download): number {
  switch (download.kind) {
    case "saved":
      return EXIT.answered;
    case "preparing":
      return EXIT.unfinished;
    case "broken":
      return EXIT.unavailable;
    case "unwritable":
      return EXIT.unexpected;
    default:
      return exitCode(download);
  }
}
