// What the simulated workspace needs from the data behind it: a question becomes SQL, SQL becomes rows.
// The port only; local/databricks/sql/ implements it on real public data, tests bring a small one.

export interface TableData {
  /** `type` is Databricks' type_name: STRING, LONG, DOUBLE, DATE, … */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Set when there were more rows than Genie's limit and the rest is not here. */
  readonly truncated?: true;
}

export type TranslatedQuestion =
  | {
      readonly kind: "sql";
      readonly title: string;
      readonly description: string;
      readonly sql: string;
      readonly suggestedQuestions: readonly string[];
    }
  | {
      readonly kind: "clarify";
      readonly question: string;
      readonly suggestedQuestions: readonly string[];
    }
  | {
      readonly kind: "text";
      readonly text: string;
      readonly suggestedQuestions: readonly string[];
    };

export interface EarlierQuestion {
  readonly question: string;
  /** Empty where the answer was text. */
  readonly sql: string;
}

export interface Dataset {
  translate(question: string, history: readonly EarlierQuestion[]): TranslatedQuestion;
  /** Throws an Error with the engine's text for SQL that cannot run. */
  run(sql: string, mostRows?: number): TableData;
  summarise(question: Extract<TranslatedQuestion, { kind: "sql" }>, data: TableData): string;
  /** Names of the tables that the SQL reads. Throws an Error for SQL that cannot be read. */
  tablesIn(sql: string): readonly string[];
}
