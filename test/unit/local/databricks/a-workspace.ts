// Starts a simulated workspace for one test, with a clock that the test sets and a tiny dataset; closes it afterwards.

import { onTestFinished } from "vitest";
import type { Dataset } from "../../../../local/databricks/dataset.ts";
import type {
  DatabricksSimulatorOptions,
  Grants,
  TokenVerdict,
} from "../../../../local/databricks/options.ts";
import { startDatabricksSimulator } from "../../../../local/databricks/start-databricks-simulator.ts";

export const SPACE = "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2b";
export const OTHER_SPACE = "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2c";
export const WAREHOUSE = "0123456789abcdef";
export const START = Date.UTC(2026, 10, 1, 12);
export const GENIE = `/api/2.0/genie/spaces/${SPACE}`;

export const ALL_GRANTS: Grants = {
  spaces: { [SPACE]: "CAN_RUN" },
  warehouses: [WAREHOUSE],
  tables: ["main.travel.flights"],
};

const user = (name: string, userId: number, grants: Partial<Grants> = {}) => ({
  objectId: `oid-${name}`,
  userName: `${name}@example.com`,
  displayName: name,
  userId,
  grants: { ...ALL_GRANTS, ...grants },
});

export const aDataset = (overrides: Partial<Dataset> = {}): Dataset => ({
  translate: (question, history) => {
    if (question.startsWith("what"))
      return { kind: "clarify", question: "Which year?", suggestedQuestions: [] };
    if (question.startsWith("hello"))
      return { kind: "text", text: "Hello.", suggestedQuestions: ["delays"] };
    return {
      kind: "sql",
      title: "Delays",
      description: `after ${history.map(({ sql }) => sql).join("|")}`,
      sql: question.startsWith("broken")
        ? "SELEKT"
        : `SELECT * FROM main.travel.flights -- ${question}`,
      suggestedQuestions: ["And by month?"],
    };
  },
  run: (sql) => {
    if (sql === "SELEKT") throw new Error("[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEKT'.");
    const columns = [
      { name: "carrier", type: "STRING" },
      { name: "delay", type: "LONG" },
    ];
    return {
      columns,
      rows: [
        ["AA", "12"],
        ["UA", null],
      ],
    };
  },
  summarise: (_question, { rows }) => `${rows.length} carriers.`,
  tablesIn: (sql) => (sql.includes("secret") ? ["main.travel.secret"] : ["main.travel.flights"]),
  ...overrides,
});

const VERDICTS: Readonly<Record<string, TokenVerdict>> = {
  expired: { kind: "invalid" },
  graph: { kind: "wrong_audience", audience: "https://graph.microsoft.com" },
  narrow: { kind: "missing_scope", scope: "genie" },
  app: { kind: "app", clientId: "app-client-id" },
};

/** A token is the name of the user: `analyst`, `other`, `manager`, `no-space`, … */
export async function aWorkspace(options: Partial<DatabricksSimulatorOptions> = {}) {
  const clock = { now: START };
  const simulator = await startDatabricksSimulator({
    verifyToken: (token) => VERDICTS[token] ?? { kind: "user", objectId: `oid-${token}` },
    users: [
      user("analyst", 4_757_395_811_234_567),
      user("other", 2),
      user("no-space", 3, { spaces: {} }),
      user("no-warehouse", 4, { warehouses: [] }),
      user("no-data", 5, { tables: [] }),
      user("manager", 6, { spaces: { [SPACE]: "CAN_MANAGE" } }),
      { ...user("inactive", 7), active: false },
      { ...user("stranger", 8), inWorkspace: false },
    ],
    servicePrincipals: [
      { clientId: "app-client-id", displayName: "Gateway", userId: 9, grants: ALL_GRANTS },
    ],
    spaces: [
      {
        spaceId: SPACE,
        title: "Travel",
        description: "Flights",
        warehouseId: WAREHOUSE,
        tables: ["main.travel.flights"],
      },
      { spaceId: OTHER_SPACE, title: "Closed", warehouseId: WAREHOUSE },
    ],
    warehouses: [{ id: WAREHOUSE, name: "Starter" }],
    dataset: aDataset(),
    questionsPerMinute: 0,
    now: () => clock.now,
    ...options,
  });
  onTestFinished(() => simulator.close());
  return { simulator, clock, ...aClient(simulator.url) };
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

function aClient(url: string) {
  const send = async (
    method: string,
    path: string,
    token?: string,
    body?: unknown,
  ): Promise<Answered> => {
    const response = await fetch(path.startsWith("http") ? path : url + path, {
      method,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  const get = (path: string, token = "analyst") => send("GET", path, token);
  const post = (path: string, body: unknown = {}, token = "analyst") =>
    send("POST", path, token, body);
  /** Asks in a new conversation; the paths of what came of it. */
  const ask = async (content: string, token = "analyst", extra: object = {}) => {
    const reply = await post(`${GENIE}/start-conversation`, { content, ...extra }, token);
    const conversationId = textAt(reply.body, "conversation_id");
    const messageId = textAt(reply.body, "message_id");
    const conversation = `${GENIE}/conversations/${conversationId}`;
    return {
      reply,
      conversationId,
      messageId,
      conversation,
      message: `${conversation}/messages/${messageId}`,
    };
  };
  return { send, get, post, ask };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value below these keys and indexes, or undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found !== "string")
    throw new Error(`no text at ${path.join(".")} in ${JSON.stringify(value)}`);
  return found;
}

export const HOUR = 3_600_000;
