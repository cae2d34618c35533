// What each word of grammar does to the reading.

import type { GrammarWord } from "../translate/grammar.ts";
import type { Bucket } from "../translate/query.ts";
import { addFilter } from "./draft.ts";
import { readBetween, readComparison, readNumber } from "./read-numbers.ts";
import { dateColumn, isLimit, isYear, noteSubject, peek, type Reader, takeNumber } from "./reader.ts";

export function readGrammar(reader: Reader, word: GrammarWord, text: string): void {
  if (word.does === "filler") return;
  if (isFlag(word)) return readFlag(reader, word);
  switch (word.does) {
    case "aggregate":
      reader.aggregates.push(word.fn);
      return;
    case "bucket":
      readBucket(reader, word.bucket, text);
      return;
    case "rank":
      readRank(reader, word);
      return;
    case "compare":
      readComparison(reader, word.op, word.dates);
      return;
    case "month":
      readMonth(reader, word.month);
      return;
    case "digit":
      reader.at--;
      readNumber(reader, text);
      return;
    case "between":
      readBetween(reader);
      return;
    case "scale":
      reader.draft.doubts.push({ kind: "number", text });
      return;
  }
}

type Flag = Extract<
  GrammarWord,
  { does: "count" | "distinct" | "by" | "list" | "all" | "and" | "not" | "order" | "place" | "sorted" | "follow" | "also" | "clear" }
>;
const FLAGS: Readonly<Record<Flag["does"], (reader: Reader) => void>> = {
  count: (reader) => {
    reader.draft.counts = true;
    reader.count = true;
    reader.by = false;
  },
  distinct: (reader) => {
    reader.distinct = true;
  },
  by: (reader) => {
    reader.by = true;
    reader.count = false;
  },
  list: (reader) => {
    reader.draft.lists = true;
  },
  all: (reader) => {
    reader.draft.all = true;
  },
  and: (reader) => {
    reader.afterAnd = true;
    if (reader.at === 1) reader.draft.follows = true;
  },
  not: (reader) => {
    reader.negate = true;
  },
  order: (reader) => {
    reader.order = true;
  },
  place: (reader) => {
    reader.by = false;
    reader.count = false;
  },
  sorted: () => undefined,
  follow: (reader) => {
    reader.draft.follows = true;
  },
  also: (reader) => {
    reader.draft.follows = true;
    reader.draft.adds = true;
  },
  clear: (reader) => {
    reader.draft.follows = true;
    reader.draft.clearsFilters = true;
  },
};

function isFlag(word: GrammarWord): word is Flag {
  return word.does in FLAGS;
}

function readFlag(reader: Reader, word: Flag): void {
  FLAGS[word.does](reader);
  if (word.does === "place") reader.place = word.direction;
  if (word.does === "sorted") reader.draft.sorted = word.direction;
}

function readBucket(reader: Reader, bucket: Bucket, text: string): void {
  const next = peek(reader);
  if (bucket === "year" && next?.kind === "number" && isYear(next.value)) return;
  const column = dateColumn(reader);
  if (column === null) return;
  if (!reader.by) noteSubject(reader, text);
  reader.draft.groupings.push({ column, bucket });
}

function readRank(reader: Reader, word: Extract<GrammarWord, { does: "rank" }>): void {
  const number = takeNumber(reader);
  if (number !== null && !isLimit(number)) reader.draft.doubts.push({ kind: "number", text: String(number) });
  const limit = number ?? word.limit;
  // "top 5 … with the highest …" keeps the five.
  reader.draft.ranking = { direction: word.direction, limit: limit ?? reader.draft.ranking?.limit ?? null };
  reader.by = false;
}

function readMonth(reader: Reader, month: number): void {
  const column = dateColumn(reader);
  if (column === null) return;
  const filter = { kind: "compare", part: "month", column, op: "=", number: month } as const;
  reader.draft.filters = addFilter(reader.draft.filters, filter);
}
