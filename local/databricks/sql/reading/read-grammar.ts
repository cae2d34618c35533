// What each word of grammar does to the reading.

import type { GrammarWord } from "../translate/grammar.ts";
import type { Bucket } from "../translate/query.ts";
import { addFilter } from "./draft.ts";
import { readBetween, readComparison, readNumber } from "./read-numbers.ts";
import {
  dateColumn,
  isLimit,
  isYear,
  noteSubject,
  peek,
  type Reader,
  takeNumber,
} from "./reader.ts";

export function readGrammar(reader: Reader, word: GrammarWord, text: string): void {
  switch (word.does) {
    case "filler":
      return;
    case "aggregate":
      reader.aggregates.push(word.fn);
      return;
    case "bucket":
      readBucket(reader, word.bucket, text);
      return;
    case "rank":
      readRank(reader, word);
      return;
    case "sorted":
      reader.draft.sorted = word.direction;
      return;
    case "place":
      reader.by = false;
      reader.count = false;
      reader.place = word.direction;
      return;
    case "month":
      readMonth(reader, word.month);
      return;
    case "compare":
      readComparison(reader, word.op, word.dates);
      return;
    case "between":
      readBetween(reader);
      return;
    case "digit":
      reader.at--;
      readNumber(reader, text);
      return;
    case "scale":
      reader.draft.doubts.push({ kind: "number", text });
      return;
    default:
      FLAGS[word.does](reader);
  }
}

type FlagName =
  | "count"
  | "distinct"
  | "by"
  | "list"
  | "all"
  | "and"
  | "not"
  | "order"
  | "follow"
  | "also"
  | "clear";

const FLAGS: Readonly<Record<FlagName, (reader: Reader) => void>> = {
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
  if (number !== null && !isLimit(number))
    reader.draft.doubts.push({ kind: "number", text: String(number) });
  const limit = number ?? word.limit;
  // "top 5 … with the highest …" keeps the five.
  reader.draft.ranking = {
    direction: word.direction,
    limit: limit ?? reader.draft.ranking?.limit ?? null,
  };
  reader.by = false;
}

function readMonth(reader: Reader, month: number): void {
  const column = dateColumn(reader);
  if (column === null) return;
  const filter = { kind: "compare", part: "month", column, op: "=", number: month } as const;
  reader.draft.filters = addFilter(reader.draft.filters, filter);
}
