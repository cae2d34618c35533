// Which table a question is about: the one in which every term has a meaning. It never guesses between tables.

import { ALL_TABLES } from "../tables/all-tables.ts";
import type { Table } from "../tables/table.ts";
import type { Mark } from "../translate/marks.ts";
import type { Doubt } from "./draft.ts";

type Term = Extract<Mark, { kind: "term" }>;
export type TableChoice = { readonly table: Table } | { readonly doubt: Doubt };

/** @param previous the table of the conversation so far; preferred where several would do */
export function chooseTable(marks: readonly Mark[], previous: Table | null): TableChoice {
  const choice = tableOfTerms(marks, previous);
  const words = marks.flatMap((mark) => (mark.kind === "unknown" ? [mark.text] : []));
  // A word nobody knows is the likelier reason why no table fits.
  return "doubt" in choice && words.length > 0 ? { doubt: { kind: "unknown", words } } : choice;
}

function tableOfTerms(marks: readonly Mark[], previous: Table | null): TableChoice {
  const terms = marks.filter((mark) => mark.kind === "term");
  if (terms.length === 0)
    return previous === null ? { doubt: { kind: "nothing" } } : { table: previous };
  const deciding = terms.filter((term) => term.meanings.some((meaning) => meaning.is !== "value"));
  const values = terms.filter((term) => !deciding.includes(term));
  const candidates = ALL_TABLES.filter((table) =>
    deciding.every((term) => hasMeaning(term, table)),
  );
  if (candidates.length === 0) return conflict(deciding);
  const narrowed = narrow(candidates, [
    (table) => values.every((term) => hasMeaning(term, table)),
    (table) =>
      terms.some((term) => term.meanings.some((m) => m.is === "table" && m.table === table)),
    (table) => table === previous,
    (table) => !deciding.some((term) => onlyAbsent(term, table)),
  ]);
  const [table] = narrowed;
  if (table !== undefined && narrowed.length === 1) return { table };
  return { doubt: { kind: "which_table", tables: narrowed } };
}

/** Applies each test that leaves something over. */
function narrow(
  tables: readonly Table[],
  tests: readonly ((table: Table) => boolean)[],
): readonly Table[] {
  return tests.reduce((left, test) => {
    const passing = left.filter(test);
    return passing.length > 0 ? passing : left;
  }, tables);
}

function hasMeaning(term: Term, table: Table): boolean {
  return term.meanings.some((meaning) => meaning.table === table);
}

function onlyAbsent(term: Term, table: Table): boolean {
  return term.meanings.every((meaning) => meaning.table !== table || meaning.is === "absent");
}

function conflict(terms: readonly Term[]): TableChoice {
  const parts = terms.map((term) => ({
    text: term.text,
    tables: [...new Set(term.meanings.map((meaning) => meaning.table))],
  }));
  return { doubt: { kind: "conflict", parts } };
}
