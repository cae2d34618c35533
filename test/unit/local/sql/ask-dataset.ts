// Asks the dataset as the simulated Genie does: translate, run, summarise. Made once a test file.

import type { EarlierQuestion, TranslatedQuestion } from "../../../../local/databricks/dataset.ts";
import { createDataset } from "../../../../local/databricks/sql/answer-question.ts";

export const dataset = await createDataset();

export type Cell = string | number | null;

export interface Asked {
  readonly translated: TranslatedQuestion;
  readonly columns: string[];
  /** LONG and DOUBLE cells as numbers. */
  readonly rows: Cell[][];
  readonly summary: string;
}

/** Asks the last question after the others in one conversation. */
export function ask(...questions: readonly string[]): Asked {
  const history: EarlierQuestion[] = [];
  let translated: TranslatedQuestion = { kind: "text", text: "", suggestedQuestions: [] };
  for (const question of questions) {
    translated = dataset.translate(question, history);
    history.push({ question, sql: translated.kind === "sql" ? translated.sql : "" });
  }
  if (translated.kind !== "sql") return { translated, columns: [], rows: [], summary: "" };
  const data = dataset.run(translated.sql);
  const rows = data.rows.map((row) =>
    row.map((cell, i) => {
      const type = data.columns[i]?.type;
      return cell !== null && (type === "LONG" || type === "DOUBLE") ? Number(cell) : cell;
    }),
  );
  return {
    translated,
    rows,
    columns: data.columns.map(({ name }) => name),
    summary: dataset.summarise(translated, data),
  };
}

/** The only cell of the only row. */
export function askNumber(...questions: readonly string[]): Cell | undefined {
  const { rows } = ask(...questions);
  return rows.length === 1 && rows[0]?.length === 1 ? rows[0][0] : undefined;
}

/** First column → last column. */
export function askGroups(...questions: readonly string[]): Map<Cell, Cell> {
  return new Map(ask(...questions).rows.map((row) => [row[0] ?? null, row.at(-1) ?? null]));
}
