// Rows in chunks as Databricks hands them out, and the ways in which its chunks may not fit together. Pages, answers
// and files must all refuse each of them.

import type { QueryResult, ResultChunk } from "../../shared/operations/genie.ts";
import type { ResultRow } from "../../shared/operations/result-rows.ts";
import type { ScriptedGenie } from "./scripted-genie.ts";

export const CHUNK = 20;
const ALL = 95;

export const ROWS: readonly ResultRow[] = Array.from({ length: ALL }, (_, n) => [String(n)]);

export const aChunk = (index: number): ResultChunk => ({
  rowOffset: index * CHUNK,
  rows: ROWS.slice(index * CHUNK, (index + 1) * CHUNK),
  nextChunkIndex: (index + 1) * CHUNK < ALL ? index + 1 : undefined,
});

type Ready = Extract<QueryResult, { kind: "ready" }>;

export const aResult = (overrides: Partial<Ready> = {}): Ready => ({
  kind: "ready",
  statementId: "statement-1",
  columns: [{ name: "n", type: "INT" }],
  rowCount: ALL,
  truncated: false,
  chunks: [],
  firstChunk: aChunk(0),
  ...overrides,
});

/** Lets `genie` hand out all rows; returns which chunks were asked for. */
export function scriptChunks(genie: ScriptedGenie, overrides: Partial<Ready> = {}): number[] {
  const fetched: number[] = [];
  genie.result = aResult(overrides);
  genie.resultChunk = async (_statement, index) => {
    fetched.push(index);
    return aChunk(index);
  };
  return fetched;
}

const ragged: readonly ResultRow[] = [...ROWS.slice(0, CHUNK - 1), ["19", "one too many"]];

/** What is wrong → how it is scripted, after `scriptChunks`. */
export const BROKEN_CHUNKS: Readonly<Record<string, (genie: ScriptedGenie) => void>> = {
  "a chunk for ever again": (genie) => {
    genie.resultChunk = async () => ({ ...aChunk(0), nextChunkIndex: 1 });
  },
  "an empty chunk": (genie) => {
    genie.resultChunk = async () => ({ ...aChunk(1), rows: [] });
  },
  "a chunk left out": (genie) => {
    genie.resultChunk = async (_statement, index) => aChunk(index + 1);
  },
  "an end before the last row": (genie) => {
    genie.resultChunk = async (_statement, index) => ({
      ...aChunk(index),
      nextChunkIndex: undefined,
    });
  },
  "a first chunk that is not the first": (genie) => {
    genie.result = aResult({ firstChunk: { ...aChunk(0), rowOffset: CHUNK } });
  },
  "a row with too many cells": (genie) => {
    genie.result = aResult({ firstChunk: { ...aChunk(0), rows: ragged } });
  },
  "a later row with too few": (genie) => {
    genie.resultChunk = async (_statement, index) => ({
      ...aChunk(index),
      rows: aChunk(index).rows.map((row, n) => (n === 3 ? [] : row)),
    });
  },
};
