// Follows a conversation: each question is read alone, over the one before, or as the answer to our own
// question back. Its only memory is the questions themselves, read again from the start.

import type { Table } from "../tables/table.ts";
import type { Lexicon } from "../translate/lexicon.ts";
import { type Mark, markTokens } from "../translate/marks.ts";
import type { Query } from "../translate/query.ts";
import { tokenize } from "../translate/tokens.ts";
import { chooseTable } from "./choose-table.ts";
import type { Doubt, Draft } from "./draft.ts";
import { leansOnPrevious, mergeDrafts } from "./merge-drafts.ts";
import { readQuestion } from "./read-question.ts";
import { settle } from "./settle.ts";

const MOST_REMEMBERED = 20;

/** Where a conversation stands after a question. */
interface Standing {
  /** The last question that was understood. */
  readonly understood: Draft | null;
  /** The marks of a question that we asked back about, without the words nobody knows. */
  readonly open: readonly Mark[];
}

export type Understood = { readonly query: Query } | { readonly doubt: Doubt };

/** @param earlier questions of the conversation, oldest first */
export function understand(
  question: string,
  earlier: readonly string[],
  lexicon: Lexicon,
): Understood {
  let standing: Standing = { understood: null, open: [] };
  for (const text of earlier.slice(-MOST_REMEMBERED))
    standing = step(text, standing, lexicon).standing;
  return step(question, standing, lexicon).outcome;
}

function step(
  text: string,
  standing: Standing,
  lexicon: Lexicon,
): { outcome: Understood; standing: Standing } {
  const tokens = tokenize(text);
  if (tokens === null) return { outcome: { doubt: { kind: "too_long" } }, standing };
  const marks = markTokens(tokens, lexicon);
  const attempts = readings(marks, standing);
  const success = attempts.find(({ settled }) => "query" in settled);
  const shown = success ?? attempts.find(({ settled }) => "doubt" in settled);
  if (shown === undefined) return { outcome: { doubt: { kind: "nothing" } }, standing };
  if (success !== undefined)
    return { outcome: shown.settled, standing: { understood: success.draft, open: [] } };
  const open = marks.filter((mark) => mark.kind !== "unknown");
  return { outcome: shown.settled, standing: { ...standing, open } };
}

interface Attempt {
  readonly draft: Draft | null;
  readonly settled: Understood;
}

/** The ways to take a question, the likeliest first. */
function readings(marks: readonly Mark[], { understood, open }: Standing): Attempt[] {
  const alone = read(marks, understood?.table ?? null);
  const leans = alone.draft === null || leansOnPrevious(alone.draft);
  const answer =
    open.length > 0 && (leans || isBare(alone.draft)) ? [read([...marks, ...open], null)] : [];
  if (understood === null || !leans) return [...answer, alone];
  const { draft } = alone;
  if (draft === null) return [...answer, alone];
  if (draft.table !== understood.table)
    return [...answer, draft.follows ? elsewhere(draft, understood) : alone];
  const merged = mergeDrafts(understood, draft);
  return [
    ...answer,
    { draft: merged, settled: saysSomething(draft) ? settle(merged) : alone.settled },
  ];
}

/** "cars": names the data and asks nothing of it, as the answer to "Do you mean flights or cars?" would. */
function isBare(draft: Draft | null): boolean {
  if (draft === null) return true;
  const said = [draft.measures, draft.groupings, draft.filters, draft.mentioned];
  return (
    said.every((list) => list.length === 0) &&
    draft.ranking === null &&
    !draft.counts &&
    !draft.lists
  );
}

function read(marks: readonly Mark[], previous: Table | null): Attempt {
  const choice = chooseTable(marks, previous);
  if ("doubt" in choice) return { draft: null, settled: choice };
  const draft = readQuestion(marks, choice.table);
  return { draft, settled: settle(draft) };
}

/** A follow-up about another table is taken alone when it stands alone, else it is asked back about. */
function elsewhere(draft: Draft, understood: Draft): Attempt {
  const settled = settle(draft);
  if (draft.namesTable || draft.measures.length > 0) return { draft, settled };
  const tables = [understood.table, draft.table];
  return { draft: null, settled: { doubt: { kind: "which_table", tables } } };
}

/** "hm" or "thanks" after an answer must not run the query before once more. */
function saysSomething(draft: Draft): boolean {
  const lists = [
    draft.measures,
    draft.looseAggregates,
    draft.mentioned,
    draft.groupings,
    draft.filters,
  ];
  const flags = [draft.counts, draft.lists, draft.all, draft.namesTable, draft.clearsFilters];
  const choices = [draft.ranking, draft.orderBy, draft.sorted, draft.limit];
  return (
    draft.doubts.length > 0 ||
    lists.some((list) => list.length > 0) ||
    flags.includes(true) ||
    choices.some((choice) => choice !== null)
  );
}
