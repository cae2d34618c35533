// The data behind the simulated Genie: a real SQL engine over public data, and a small honest translator from
// questions to SQL. The translator never runs a person's text: identifiers come from the vocabulary, values are
// escaped literals, and where it does not understand it asks back.

import type { Dataset, TranslatedQuestion } from "../dataset.ts";
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

function toAnswer(query: Query, question: string): TranslatedQuestion {
  return {
    kind: "sql",
    ...describe(query),
    sql: writeSql(query),
    suggestedQuestions: suggest(query, question),
  };
}
