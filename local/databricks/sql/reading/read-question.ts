// Reads the marks of one question, for one table, into a draft. Each kind of mark has its own small reader.

import type { Table } from "../tables/table.ts";
import type { Mark } from "../translate/marks.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { readGrammar } from "./read-grammar.ts";
import { readDecade, readNumber } from "./read-numbers.ts";
import { readTerm } from "./read-terms.ts";
import { createReader, type Reader } from "./reader.ts";

/** What the question says about the table; never throws, doubts are part of the draft. */
export function readQuestion(marks: readonly Mark[], table: Table): Draft {
  const reader = createReader(marks, emptyDraft(table));
  for (let mark = marks[0]; mark !== undefined; mark = marks[reader.at]) {
    reader.at++;
    readMark(reader, mark);
  }
  reader.draft.looseAggregates = reader.aggregates;
  const words = marks.flatMap((mark) => (mark.kind === "unknown" ? [mark.text] : []));
  if (words.length > 0) reader.draft.doubts.unshift({ kind: "unknown", words });
  return reader.draft;
}

function readMark(reader: Reader, mark: Mark): void {
  switch (mark.kind) {
    case "grammar":
      readGrammar(reader, mark.word, mark.text);
      return;
    case "term":
      readTerm(reader, mark);
      reader.afterAnd = false;
      return;
    case "number":
      reader.at--;
      readNumber(reader, mark.text);
      return;
    case "decade":
      readDecade(reader, mark.from);
      return;
    case "unknown":
      return;
  }
}
