// The SQL Statement Execution API (genie-api.md §3): its own statements and, read-only, those of Genie.

import { mayUseWarehouse } from "../grants.ts";
import { type Call, type Handle, jsonBody, requiredText } from "../http/call.ts";
import { ok, type Reply } from "../http/reply.ts";
import {
  doesNotExist,
  invalidParameter,
  Refused,
  statementNotFound,
  statementWarehouseForbidden,
} from "../refusals.ts";
import { bindParameters } from "../results/bind-parameters.ts";
import { runSql, statementOutcome } from "../results/run-sql.ts";
import type { Statement } from "../results/statement-store.ts";
import { chunkWire, statementWire } from "../results/statement-wire.ts";
import type { Workspace } from "../workspace.ts";

/** The result of a statement is kept for 1 h after success. */
const RESULT_MS = 3_600_000;

export const executeStatement: Handle = (call, workspace) => {
  const body = jsonBody(call);
  const sql = bindParameters(requiredText(body, "statement"), body.parameters);
  const warehouseId = requiredText(body, "warehouse_id");
  const waitMs = readWait(body.wait_timeout ?? "10s") * workspace.timings.scale;
  if (!workspace.warehouses.some(({ id }) => id === warehouseId)) {
    throw new Refused(doesNotExist(`SQL warehouse ${warehouseId}`));
  }
  if (!mayUseWarehouse(call.caller, warehouseId)) throw new Refused(statementWarehouseForbidden);
  const runMs = workspace.timings.statementMs * workspace.timings.scale;
  // Waiting is not acted out: SQL that ends within the wait is finished at once.
  const readyAt = runMs <= waitMs ? call.at : call.at + runMs;
  const statement = workspace.statements.add({
    ownerId: call.caller.userId,
    startsAt: call.at,
    readyAt,
    expiresAt: readyAt + RESULT_MS,
    outcome: statementOutcome(runSql(workspace.dataset, call.caller, { sql })),
    rowLimit: Number.POSITIVE_INFINITY,
  });
  return reply(call, workspace, statement);
};

/** ms; "0s" or 5–50 s. */
function readWait(text: unknown): number {
  const [, seconds] = /^(0|[5-9]|[1-4]\d|50)s$/.exec(String(text)) ?? [];
  if (seconds === undefined) {
    throw new Refused(invalidParameter("wait_timeout must be 0s or between 5s and 50s."));
  }
  return Number(seconds) * 1_000;
}

export const getStatement: Handle = (call, workspace) =>
  reply(call, workspace, ownStatement(call, workspace));

export const getStatementResultChunk: Handle = (call, workspace) => {
  const statement = ownStatement(call, workspace);
  if (workspace.statements.state(statement, call.at) !== "SUCCEEDED") {
    throw new Refused(statementNotFound(statement.id));
  }
  return ok(chunkWire(statement, call.path.chunkIndex, true, links(call, workspace)));
};

export const cancelStatement: Handle = (call, workspace) => {
  workspace.statements.cancel(ownStatement(call, workspace).id, call.at);
  return ok({});
};

const STATEMENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function ownStatement(call: Call, workspace: Workspace): Statement {
  const { statementId } = call.path;
  if (!STATEMENT_ID.test(statementId)) {
    throw new Refused(invalidParameter(`Invalid statement id: ${statementId}`));
  }
  const statement = workspace.statements.find(statementId);
  if (statement?.ownerId !== call.caller.userId) throw new Refused(statementNotFound(statementId));
  return statement;
}

function reply(call: Call, workspace: Workspace, statement: Statement): Reply {
  const state = workspace.statements.state(statement, call.at);
  return ok(statementWire(statement, { state, internalLinks: true }, links(call, workspace)));
}

function links(call: Call, workspace: Workspace) {
  return (statement: Statement, chunk: number) =>
    workspace.downloads.link(statement, chunk, call.at);
}
