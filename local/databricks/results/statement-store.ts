// Statements: SQL that was executed, with its rows and the times at which they come and go.
// Like a message's state, a statement's state is computed from the time that is asked for.

import type { IdSource } from "../ids.ts";
import type { ResultData } from "./result-data.ts";

export type StatementOutcome =
  | { readonly kind: "rows"; readonly data: ResultData }
  | { readonly kind: "failed"; readonly message: string; readonly sqlState: string };

/** Of ARROW_STREAM only the name is simulated: its files are empty. */
export type DownloadFormat = "JSON_ARRAY" | "CSV" | "ARROW_STREAM";

export interface LinkStyle {
  readonly format: DownloadFormat;
  readonly lifetimeMs: number;
  readonly perReply: number;
  /** `http_headers` of every link. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface NewStatement {
  /** Databricks user id; nobody else can read the statement. */
  readonly ownerId: number;
  readonly startsAt: number;
  readonly readyAt: number;
  readonly expiresAt: number;
  readonly outcome: StatementOutcome;
  /** Rows that may be read: 5,000 for Genie, all of them for a full download. */
  readonly rowLimit: number;
  /** Set for a full download: its rows come as links, never inline. */
  readonly links?: LinkStyle;
}

export interface Statement extends NewStatement {
  readonly id: string;
}

export type StatementState = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED" | "CLOSED";

export interface StatementStore {
  add(statement: NewStatement): Statement;
  find(statementId: string): Statement | undefined;
  /** Has no effect once the statement is ready. */
  cancel(statementId: string, at: number): void;
  /** From `at` on the rows are there. Has no effect once they are. */
  finish(statementId: string, at: number): void;
  /** From `at` on the rows are gone. */
  expire(statementId: string, at: number): void;
  state(statement: Statement, at: number): StatementState;
}

export function createStatementStore(ids: IdSource): StatementStore {
  const statements = new Map<string, Statement>();
  const canceled = new Set<string>();
  const finished = new Map<string, number>();
  const readyAt = ({ id, readyAt: planned }: Statement) => finished.get(id) ?? planned;
  return {
    add: (fields) => {
      const statement = { ...fields, id: ids.dashed() };
      statements.set(statement.id, statement);
      return statement;
    },
    find: (statementId) => statements.get(statementId),
    cancel: (statementId, at) => {
      const statement = statements.get(statementId);
      if (statement !== undefined && at < readyAt(statement)) canceled.add(statementId);
    },
    finish: (statementId, at) => {
      const statement = statements.get(statementId);
      if (statement !== undefined && at < readyAt(statement)) finished.set(statementId, at);
    },
    expire: (statementId, at) => {
      const statement = statements.get(statementId);
      if (statement !== undefined) statements.set(statementId, { ...statement, expiresAt: at });
    },
    state: (statement, at) =>
      canceled.has(statement.id)
        ? "CANCELED"
        : stateAt({ ...statement, readyAt: readyAt(statement) }, at),
  };
}

function stateAt(statement: Statement, at: number): StatementState {
  if (at < (statement.startsAt + statement.readyAt) / 2) return "PENDING";
  if (at < statement.readyAt) return "RUNNING";
  if (statement.outcome.kind === "failed") return "FAILED";
  return at < statement.expiresAt ? "SUCCEEDED" : "CLOSED";
}
