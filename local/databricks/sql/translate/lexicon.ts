// Which phrase can mean what in which table: the declared words, and the distinct values found in the data.

import type { Database } from "../engine/sqlite-driver.ts";
import { ALL_TABLES } from "../tables/all-tables.ts";
import type { AbsentThing, Column, Table } from "../tables/table.ts";
import type { Direction } from "./query.ts";
import { phraseKey } from "./tokens.ts";

/** One thing that a phrase can mean. */
export type Meaning =
  | { readonly is: "table"; readonly table: Table }
  | { readonly is: "column"; readonly table: Table; readonly column: Column }
  | {
      readonly is: "absent";
      readonly table: Table;
      readonly column: Column;
      readonly absent: AbsentThing;
    }
  | {
      readonly is: "superlative";
      readonly table: Table;
      readonly column: Column;
      readonly direction: Direction;
    }
  | {
      readonly is: "value";
      readonly table: Table;
      readonly column: Column;
      readonly value: string;
      readonly spoken: boolean;
    };

export interface Lexicon {
  /** Meanings of a folded phrase. */
  lookUp(key: string): readonly Meaning[];
  /** A title given in quotation marks, compared without regard to case. */
  findTitle(title: string): readonly Meaning[];
}

/** Reads the distinct values once; must run before the guard is put on or within what it allows. */
export function createLexicon(db: Database): Lexicon {
  const meanings = new Map<string, Meaning[]>();
  const add = (phrase: string, meaning: Meaning) => {
    const key = phraseKey(phrase);
    if (key !== "") meanings.set(key, [...(meanings.get(key) ?? []), meaning]);
  };
  for (const table of ALL_TABLES) {
    addWords(table, add);
    for (const column of table.columns) addValues(db, table, column, add);
  }
  const titles = readTitles(db);
  return {
    lookUp: (key) => meanings.get(key) ?? [],
    findTitle: (title) => titles.get(phraseKey(title)) ?? [],
  };
}

type Add = (phrase: string, meaning: Meaning) => void;

function addWords(table: Table, add: Add): void {
  for (const word of new Set([table.name, ...table.row, ...table.words].map(phraseKey))) {
    add(word, { is: "table", table });
  }
  for (const column of table.columns) {
    const words = new Set([column.name, column.label, ...column.words].map(phraseKey));
    for (const word of words) add(word, { is: "column", table, column });
    for (const [word, direction] of Object.entries(column.superlatives)) {
      add(word, { is: "superlative", table, column, direction });
    }
    for (const [word, value] of Object.entries(column.valueWords)) {
      add(word, { is: "value", table, column, value, spoken: true });
    }
  }
  for (const absent of table.absent) addAbsent(table, absent, add);
}

function addAbsent(table: Table, absent: AbsentThing, add: Add): void {
  const nearest = table.columns.find((column) => column.name === absent.nearest);
  if (nearest === undefined) throw new Error(`${table.name} has no column ${absent.nearest}`);
  for (const word of absent.words) add(word, { is: "absent", table, column: nearest, absent });
}

function addValues(db: Database, table: Table, column: Column, add: Add): void {
  if (!column.findValues) return;
  for (const value of distinctValues(db, table, column)) {
    add(value, { is: "value", table, column, value, spoken: false });
  }
}

function distinctValues(db: Database, table: Table, column: Column): string[] {
  const { via } = column;
  const source =
    via === null
      ? `SELECT DISTINCT \`${column.name}\` AS value FROM \`${table.name}\``
      : `SELECT DISTINCT \`${via.column}\` AS value FROM \`airports\` WHERE \`iata\` IN (SELECT \`${via.on}\` FROM \`${table.name}\`)`;
  return db
    .prepare(source)
    .all()
    .flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

function readTitles(db: Database): Map<string, Meaning[]> {
  const table = ALL_TABLES.find((candidate) => candidate.name === "movies");
  const column = table?.columns.find((candidate) => candidate.name === "title");
  if (table === undefined || column === undefined) return new Map();
  return new Map(
    distinctValues(db, table, column).map((value) => [
      phraseKey(value),
      [{ is: "value", table, column, value, spoken: false }],
    ]),
  );
}
