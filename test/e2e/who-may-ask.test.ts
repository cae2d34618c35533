// Who may ask, and what the others are told: grants in the workspace, kinds of tokens, hostile tokens.

import { generateKeyPairSync } from "node:crypto";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import type { Stand, StandCaller } from "../../local/stand/start-stand.ts";
import { ANALYST, CALLER_WITHOUT_ROLE, GATEWAY_API } from "../../local/users.ts";
import { readinessSchema } from "../../shared/contracts/health-schemas.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { ALL_ROUTES, requestTo } from "./every-route.ts";
import {
  answerOf,
  ask,
  bodyOf,
  call,
  callHost,
  faultyPlaces,
  problemOf,
} from "./gateway-client.ts";

const stand = useStand("who-may-ask");
const QUESTION = { query: "average delay by carrier" };

describe.concurrent("grants", () => {
  verifies("gateway.grants", "who has every grant gets rows", async () => {
    const answer = answerOf(await ask(stand(), "analyst", QUESTION));
    expect(answer).toMatchObject({
      status: "completed",
      space: "default",
      question: QUESTION.query,
    });
    const [result] = answer.results;
    expect(result?.sql).toMatch(/^SELECT/i);
    expect(result?.rows.length).toBeGreaterThan(3);
    expect(result?.rows.length).toBe(Math.min(100, result?.row_count ?? 0));
    expect(Object.keys(result?.rows[0] ?? {})).toEqual(result?.columns.map(({ name }) => name));
    expect(result?.links?.json).toContain(`/results/${result?.attachment_id}`);
  });

  verifies("gateway.grants", "without the space: 403 and the grant to ask for", async () => {
    const reply = await ask(stand(), "no-space", QUESTION);
    const { remedy } = problemOf(reply, 403, "genie_space_forbidden");
    expect(remedy).toMatch(/CAN[ _](?:RUN|VIEW)/);
  });

  verifies("gateway.grants", "without the warehouse: 403 and the grant to ask for", async () => {
    const reply = await ask(stand(), "no-warehouse", QUESTION);
    const { remedy } = problemOf(reply, 403, "warehouse_forbidden");
    expect(remedy).toMatch(/CAN[ _]USE/);
  });

  verifies(
    "gateway.grants",
    "a refusal shows neither the title nor the id of the space",
    async () => {
      const { text } = await ask(stand(), "no-space", QUESTION);
      expect(text).not.toContain("Flights");
      expect(text).not.toMatch(/01f0[0-9a-f]{28}/);
    },
  );

  verifies("databricks.grants", "outside the workspace: 403 workspace_access_missing", async () => {
    const stranger = { ...ANALYST, objectId: "a1000000-0000-4000-8000-0000000000aa" };
    const token = await stand().entra.issueUserToken({ user: stranger });
    const reply = await ask(stand(), { token }, QUESTION);
    expect(problemOf(reply, 403, "workspace_access_missing").remedy).toBeTruthy();
  });

  verifies("reading.spaces", "an alias the caller may not see is left out", async () => {
    const listed = async (as: StandCaller) =>
      JSON.parse((await call(stand(), { path: "/genie/spaces", as })).text);
    expect(await listed("no-space")).toEqual({ spaces: [] });
    expect((await listed("analyst")).spaces).toMatchObject([
      { space: "default", title: "Flights, films, cars and weather" },
      { space: "showcase", description: null },
    ]);
    const reply = await call(stand(), { path: "/genie/spaces/default", as: "no-space" });
    problemOf(reply, 403, "genie_space_forbidden");
  });
});

describe.concurrent("kinds of callers", () => {
  verifies("gateway.caller-kinds", "the app with the role asks on query-app", async () => {
    expect(answerOf(await ask(stand(), "app", QUESTION)).results[0]?.rows.length).toBeGreaterThan(
      3,
    );
  });

  verifies("gateway.caller-kinds", "an app-only token on query-obo is 403", async () => {
    const request = { path: "/genie/query-obo", as: "app", body: QUESTION } as const;
    problemOf(await call(stand(), request), 403, "user_token_required");
    const me = await call(stand(), { path: "/api/v1/me", as: "app" });
    problemOf(me, 403, "user_token_required");
  });

  verifies("gateway.caller-kinds", "a user token on query-app is 403", async () => {
    const request = { path: "/genie/query-app", as: "analyst", body: QUESTION } as const;
    problemOf(await call(stand(), request), 403, "app_token_required");
  });

  verifies("gateway.caller-kinds", "an app without the role is 403", async () => {
    const token = await stand().entra.issueAppToken({ clientId: CALLER_WITHOUT_ROLE.clientId });
    const request = { path: "/genie/query-app", as: { token }, body: QUESTION } as const;
    const { remedy } = problemOf(await call(stand(), request), 403, "insufficient_scope");
    expect(remedy).toContain("Genie.Ask");
  });

  verifies("gateway.caller-kinds", "no token is 401 with a challenge, on every route", async () => {
    for (const route of ALL_ROUTES.filter(({ auth }) => auth !== "none")) {
      const reply = await call(stand(), await requestTo(route));
      problemOf(reply, 401, "invalid_token");
      // RFC 6750 §3.1: nothing was sent, so there is no error to name.
      expect(reply.headers.get("www-authenticate")).not.toContain("error=");
    }
  });

  verifies("gateway.caller-kinds", "neither scope nor role is 403, on every route", async () => {
    const token = await stand().entra.issueAppToken({ clientId: CALLER_WITHOUT_ROLE.clientId });
    for (const route of ALL_ROUTES.filter(({ auth }) => auth !== "none")) {
      const reply = await call(stand(), { ...(await requestTo(route)), as: { token } });
      const code = route.auth === "user" ? "user_token_required" : "insufficient_scope";
      problemOf(reply, 403, code);
    }
  });

  verifies("gateway.caller-kinds", "v1 and v2 tokens are both taken", async () => {
    for (const version of [1, 2] as const) {
      const token = await stand().entra.issueUserToken({ user: ANALYST, version });
      const { status } = await call(stand(), { path: "/api/v1/me", as: { token } });
      expect(status).toBe(200);
    }
  });

  verifies("health.shape", "liveness and readiness need no token", async () => {
    const live = await call(stand(), { path: "/health" });
    expect({ status: live.status, body: JSON.parse(live.text) }).toMatchObject({
      status: 200,
      body: { status: "healthy" },
    });
    const ready = bodyOf(await call(stand(), { path: "/health/ready" }), 200, readinessSchema);
    expect(ready.status).toBe("ok");
    for (const name of ["configuration", "key_vault", "entra", "databricks"] as const) {
      expect(`${name} ${ready.checks[name].status}`).toBe(`${name} ok`);
    }
  });

  test("unknown paths and methods get the host's own bare answer", async () => {
    const unknown = await callHost(stand(), { path: "/genie/nothing", as: "analyst" });
    expect(unknown).toMatchObject({ status: 404, text: "" });
    const method = await callHost(stand(), { path: "/genie/query-obo", as: "analyst" });
    expect(method).toMatchObject({ status: 404, text: "" });
  });
});

type MakeToken = (stand: Stand) => string | Promise<string>;

const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const userWith =
  (request: Partial<Parameters<Stand["entra"]["issueUserToken"]>[0]>): MakeToken =>
  ({ entra }) =>
    entra.issueUserToken({ user: ANALYST, ...request });
const claim = (overrides: Record<string, unknown>) => userWith({ overrides });

/** A few of each family; all kinds are tried on the verifier itself in test/unit/auth. */
const HOSTILE: readonly (readonly [name: string, status: 401 | 403, make: MakeToken])[] = [
  ["not a token", 401, () => "not-a-token"],
  [
    "alg none",
    401,
    ({ entra }) => `${part({ alg: "none", typ: "JWT" })}.${part({ iss: entra.issuer })}.`,
  ],
  ["no signature", 401, async (at) => (await at.token("analyst")).replace(/[^.]+$/, "")],
  ["a changed claim", 401, async (at) => withChangedClaim(await at.token("no-space"))],
  ["a key of one's own", 401, signedByStranger],
  ["expired", 401, userWith({ lifetimeS: -600 })],
  ["not yet valid", 401, claim({ nbf: Math.floor(Date.now() / 1000) + 600 })],
  ["another tenant", 401, claim({ tid: "99999999-0000-4000-8000-000000000001" })],
  ["another issuer", 401, claim({ iss: "https://sts.windows.net/common/" })],
  ["several audiences", 401, claim({ aud: [GATEWAY_API.clientId, "other"] })],
  ["a token for Databricks", 401, userWith({ resource: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d" })],
  ["no object id", 401, claim({ oid: undefined })],
  [
    "an id token",
    403,
    ({ entra }) => entra.issueIdToken({ user: ANALYST, clientId: GATEWAY_API.clientId }),
  ],
  ["another scope", 403, claim({ scp: "profile access_as_user_not" })],
  ["scope and role at once, no scope of ours", 403, claim({ scp: "", roles: ["Genie.Ask"] })],
];

describe.concurrent("hostile tokens", () => {
  for (const [name, status, make] of HOSTILE) {
    verifies("gateway.hostile-tokens", `${name}: ${status}, whatever the body is`, async () => {
      const token = await make(stand());
      const bodies = [QUESTION, { qery: SECRET_MARKERS.question }, "x".repeat(300_000)];
      for (const body of bodies) {
        const reply = await call(stand(), { path: "/genie/query-obo", as: { token }, body });
        const problem = problemOf(
          reply,
          status,
          status === 401 ? "invalid_token" : "insufficient_scope",
        );
        expect(faultyPlaces(problem)).toEqual([]);
        expect(reply.text).not.toContain('query"');
      }
    });
  }

  verifies(
    "gateway.hostile-tokens",
    "the refusals are all alike: none says what was wrong",
    async () => {
      const details = await Promise.all(
        HOSTILE.filter(([, status]) => status === 401).map(async ([, , make]) => {
          const as = { token: await make(stand()) };
          const reply = await call(stand(), { path: "/genie/query-obo", as, body: QUESTION });
          return problemOf(reply, 401, "invalid_token").detail;
        }),
      );
      expect(new Set(details).size).toBe(1);
    },
  );

  verifies(
    "gateway.hostile-tokens",
    "two tokens in one header, or another scheme, are 401",
    async () => {
      const token = await stand().token("analyst");
      for (const authorization of [
        `Bearer ${token}, Bearer ${token}`,
        `Basic ${token}`,
        "Bearer",
        token,
      ]) {
        const headers = { Authorization: authorization };
        const reply = await call(stand(), { path: "/genie/query-obo", headers, body: QUESTION });
        problemOf(reply, 401, "invalid_token");
      }
    },
  );

  verifies("auth.key-rotation", "tokens signed with Entra's new key are taken", async () => {
    await stand().entra.rotateKeys();
    const { status } = await call(stand(), { path: "/api/v1/me", as: "analyst" });
    expect(status).toBe(200);
  });
});

function withChangedClaim(token: string): string {
  const [head = "", payload = "", signature = ""] = token.split(".");
  const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
  return `${head}.${part({ ...claims, oid: ANALYST.objectId })}.${signature}`;
}

/** The key id is Entra's own, so that only the signature can give it away. */
async function signedByStranger({ entra, token }: Stand): Promise<string> {
  const [head = "", payload = ""] = (await token("analyst")).split(".");
  const { kid }: { kid: string } = JSON.parse(Buffer.from(head, "base64url").toString());
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  expect(claims.iss).toBe(entra.issuer);
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(foreign);
}
