// Rows of a query attachment: the first chunk through Genie, the others through the statement interface, as the same
// caller. It never runs SQL and never keeps a row.

import type { Genie, QueryResult } from "../operations/genie.ts";
import type { ErrorEnvelope } from "./error-envelope.ts";
import { isExpiredResult } from "./error-signals.ts";
import { toQueryResult, toResultChunk } from "./result-mapping.ts";
import {
  queryResultWire,
  resultDataWire,
  type StatementWire,
  statementWire,
} from "./result-wire.ts";
import type { CallWorkspace } from "./workspace-call.ts";
import { chunkPath, queryResultPath, statementPath } from "./workspace-paths.ts";
import { expectOk, notUnderstood, parseReply, readWorkspace } from "./workspace-read.ts";

export function createResultReading(
  call: CallWorkspace,
): Pick<Genie, "queryResult" | "resultChunk"> {
  return {
    async queryResult(ref, attachmentId) {
      const path = queryResultPath(ref, attachmentId);
      const reply = await call({ method: "GET", path, retry: "safe" });
      const withoutRows = reply.kind === "error" ? stateBehind(reply.envelope) : undefined;
      if (withoutRows) return withoutRows;
      return readQueryResult(call, expectOk(reply, "attachment"));
    },
    async resultChunk(statementId, chunkIndex) {
      const path = chunkPath(statementId, chunkIndex);
      const wire = await readWorkspace(call, {
        path,
        schema: resultDataWire,
        subject: "statement",
      });
      const chunk = toResultChunk(wire, chunkIndex);
      if (chunk === undefined)
        throw notUnderstood("the chunk holds no rows, or not those asked for");
      return chunk;
    },
  };
}

/** `text`: body of a good reply to `query-result` or `execute-query`. Throws AppError as the reads do. */
export async function readQueryResult(call: CallWorkspace, text: string): Promise<QueryResult> {
  const wire = parseReply(text, queryResultWire).statement_response;
  const result = toQueryResult(wire ?? statementWire.parse({}));
  return result.kind === "rows_missing" ? readStatement(call, wire) : result;
}

/** Metadata came without rows in the field; the statement interface then had them (genie-api.md §1.6). */
async function readStatement(
  call: CallWorkspace,
  wire: StatementWire | null | undefined,
): Promise<QueryResult> {
  const statementId = wire?.statement_id;
  if (!statementId) throw notUnderstood("a result without the id of its statement");
  const path = statementPath(statementId);
  const reply = await call({ method: "GET", path, retry: "safe" });
  if (reply.kind === "error" && reply.envelope.status === 404) return { kind: "expired" };
  const result = toQueryResult(parseReply(expectOk(reply, "statement"), statementWire));
  if (result.kind === "rows_missing") throw notUnderstood("a result without its rows");
  return result;
}

/** Error replies that tell the state of the rows: asked for too early, or too late. */
function stateBehind({ status, errorCode, message }: ErrorEnvelope): QueryResult | undefined {
  if (status === 410) return { kind: "expired" };
  if (status !== 400 && status !== 404 && status !== 409) return undefined;
  if (isExpiredResult({ message: `${errorCode ?? ""} ${message}` })) return { kind: "expired" };
  return errorCode === "INVALID_STATE" ? { kind: "pending" } : undefined;
}
