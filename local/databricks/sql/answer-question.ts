// The data behind the simulated Genie: a real SQL engine over public data, and a small honest translator from
// questions to SQL. The translator never runs a person's text: identifiers come from the vocabulary, values are
// escaped literals, and where it does not understand it asks back.

import { guardSelects } from "./engine/guard-select.ts";
import { openDatabase } from "./engine/open-database.ts";
import { createSelectRunner } from "./engine/run-select.ts";
import { understand } from "./reading/converse.ts";
import { createLexicon } from "./translate/lexicon.ts";
import type { Query } from "./translate/query.ts";
import { writeSql } from "./translate/write-sql.ts";
import { answerAbout } from "./wording/about.ts";
import { askBack } from "./wording/ask-back.ts";
import { describe } from "./wording/describe.ts";
import { suggest } from "./wording/suggest.ts";
import { summarise } from "./wording/summarise.ts";

export interface TableData {
  /** `type` is Databricks' `type_name`: STRING, LONG, DOUBLE, DATE or TIMESTAMP. */
  readonly columns: { readonly name: string; readonly type: string }[];
  /** Databricks' text per cell. */
  readonly rows: (string | null)[][];
  /** Set when there were more than 5,000 rows; only the first 5,000 are here. */
  readonly truncated?: true;
}

export type TranslatedQuestion =
  | {
      readonly kind: "sql";
      readonly title: string;
      readonly description: string;
      readonly sql: string;
      readonly suggestedQuestions: string[];
    }
  | {
      readonly kind: "clarify";
      readonly question: string;
      readonly suggestedQuestions: string[];
    }
  | { readonly kind: "text"; readonly text: string; readonly suggestedQuestions: string[] };

export type SqlAnswer = Extract<TranslatedQuestion, { kind: "sql" }>;

/** Earlier questions of the conversation, oldest first; `sql` is empty where there was none. */
export type History = readonly { readonly question: string; readonly sql: string }[];

export interface Dataset {
  translate(question: string, history: History): TranslatedQuestion;
  /** Runs one SELECT. @throws Error with a text like Spark's when the SQL is bad. */
  run(sql: string): TableData;
  /** One or two sentences of markdown, taken from the real rows. */
  summarise(question: SqlAnswer, data: TableData): string;
  /** Names of the tables that the SQL reads. @throws Error when the SQL is bad. */
  tablesIn(sql: string): string[];
}

/** Loads the public data (about 0.3 s) and gives the engine and its translator. */
export async function createDataset(): Promise<Dataset> {
  const db = await openDatabase();
  const lexicon = createLexicon(db);
  const { run, tablesIn } = createSelectRunner(db, guardSelects(db));
  return {
    run,
    tablesIn,
    summarise,
    translate: (question, history) => {
      const about = answerAbout(question);
      if (about !== null) return { kind: "text", ...about };
      const earlier = history
        .map((turn) => turn.question)
        .filter((text) => answerAbout(text) === null);
      const understood = understand(question, earlier, lexicon);
      if ("doubt" in understood) return { kind: "clarify", ...askBack(understood.doubt) };
      return toAnswer(understood.query, question);
    },
  };
}

function toAnswer(query: Query, question: string): SqlAnswer {
  return {
    kind: "sql",
    ...describe(query),
    sql: writeSql(query),
    suggestedQuestions: suggest(query, question),
  };
}
