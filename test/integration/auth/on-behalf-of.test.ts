// Exchanges with Entra through the real msal-node: whose token comes back, what is shared, what is refused.

import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { UserCondition } from "../../../local/entra/directory.ts";
import { ANALYST, GATEWAY_API, NO_SPACE, type SimulatedUser } from "../../../local/users.ts";
import type { Caller } from "../../../shared/auth/caller.ts";
import type { ErrorCode } from "../../../shared/errors/error-catalogue.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf } from "../../unit/auth/failure-of.ts";
import {
  aGatewaySide,
  type GatewaySide,
  type IdentityStand,
  startIdentityStand,
} from "./identity-fixture.ts";

let stand: IdentityStand;

beforeAll(async () => {
  stand = await startIdentityStand();
});
afterEach(() => {
  stand.entra.clearFaults();
  stand.keyVault.clearFaults();
  for (const user of [ANALYST, NO_SPACE]) stand.entra.setCondition(user.objectId, undefined);
});
afterAll(() => stand.close());

async function aCaller(side: GatewaySide, user: SimulatedUser): Promise<Caller> {
  const token = await stand.entra.issueUserToken({ user });
  return side.inbound.authenticate(`Bearer ${token}`, "user");
}

const exchangeFor = async (side: GatewaySide, user: SimulatedUser) =>
  side.tokens.forCaller(await aCaller(side, user)).get();

const TOKEN_PATH = "/oauth2/v2.0/token";

verifies(
  "auth.token-cache",
  "a user gets that user's Databricks token, once per assertion",
  async () => {
    const side = aGatewaySide(stand);
    const caller = await aCaller(side, ANALYST);
    const before = stand.entra.countGrants("on-behalf-of");
    const token = await side.tokens.forCaller(caller).get();
    await expect(stand.entra.verifyDatabricksToken(token)).resolves.toEqual({
      kind: "user",
      objectId: ANALYST.objectId,
      clientId: GATEWAY_API.clientId,
    });
    await expect(side.tokens.forCaller(caller).get()).resolves.toBe(token);
    expect(stand.entra.countGrants("on-behalf-of") - before).toBe(1);
  },
);

verifies("auth.caller-kind", "an app and a function-key holder get the app's token", async () => {
  const side = aGatewaySide(stand);
  const { tenantId } = stand.entra;
  for (const caller of [
    { kind: "app", tenantId, clientId: "any" },
    { kind: "function-key" },
  ] as const) {
    const token = await side.tokens.forCaller(caller).get();
    await expect(stand.entra.verifyDatabricksToken(token)).resolves.toMatchObject({
      kind: "app",
      clientId: GATEWAY_API.clientId,
    });
  }
});

verifies(
  "auth.single-flight",
  "50 cold exchanges are one token call and one vault read",
  async () => {
    const side = aGatewaySide(stand);
    const caller = await aCaller(side, ANALYST);
    const grants = stand.entra.countGrants();
    const vaultRequests = stand.keyVault.requests.length;
    const calls = Array.from({ length: 50 }, () => side.tokens.forCaller(caller).get());
    const tokens = new Set(await Promise.all(calls));
    expect(tokens.size).toBe(1);
    expect(stand.entra.countGrants() - grants).toBe(1);
    expect(stand.keyVault.requests.length - vaultRequests, "challenge and read").toBe(2);
  },
);

verifies("auth.rejected-token", "a token that Databricks refused is exchanged anew", async () => {
  const side = aGatewaySide(stand);
  const source = side.tokens.forCaller(await aCaller(side, ANALYST));
  const first = await source.get();
  source.reject(first);
  await expect(source.get()).resolves.not.toBe(first);
});

const CONDITIONS: readonly [UserCondition, ErrorCode][] = [
  ["needs-consent", "consent_required"],
  ["needs-mfa", "insufficient_claims"],
  ["blocked", "insufficient_claims"],
  ["not-assigned", "user_not_assigned"],
  ["revoked", "invalid_token"],
];

for (const [condition, code] of CONDITIONS) {
  verifies(
    "auth.refusals",
    `a user who ${condition} gets ${code}, without Entra's text`,
    async () => {
      const side = aGatewaySide(stand);
      stand.entra.setCondition(ANALYST.objectId, condition);
      const failure = await failureOf(exchangeFor(side, ANALYST));
      expect(failure.code).toBe(code);
      expect(JSON.stringify(failure) + side.logText()).not.toMatch(/AADSTS|Trace ID|eyJ/);
      expect(failure.claims?.includes("access_token")).toBe(
        code === "insufficient_claims" ? true : undefined,
      );
    },
  );
}

verifies(
  "auth.never-the-app",
  "a refused user gets nothing, although the app's token is there",
  async () => {
    const side = aGatewaySide(stand);
    await side.tokens.forCaller({ kind: "function-key" }).get();
    stand.entra.setCondition(ANALYST.objectId, "needs-consent");
    await expect(failureOf(exchangeFor(side, ANALYST))).resolves.toMatchObject({
      code: "consent_required",
    });
  },
);

const HARMS: readonly { name: string; fault: object; code: ErrorCode }[] = [
  {
    name: "429 with Retry-After of an hour",
    fault: { status: 429, headers: { "retry-after": "3600" } },
    code: "identity_provider_unavailable",
  },
  {
    name: "400 with Retry-After",
    fault: {
      status: 400,
      headers: { "retry-after": "60" },
      body: { error: "invalid_grant", suberror: "bad_token", error_codes: [50173] },
    },
    code: "invalid_token",
  },
  { name: "500", fault: { status: 500 }, code: "identity_provider_unavailable" },
  {
    name: "an HTML page",
    fault: { status: 500, body: "<html>Our services aren't available right now</html>" },
    code: "identity_provider_unavailable",
  },
];

for (const { name, fault, code } of HARMS) {
  verifies("auth.isolation", `one user's ${name} does not reach the next user`, async () => {
    const side = aGatewaySide(stand);
    const [first, second] = [await aCaller(side, ANALYST), await aCaller(side, NO_SPACE)];
    stand.entra.injectFault({ path: TOKEN_PATH, times: 1, ...fault });
    await expect(failureOf(side.tokens.forCaller(first).get())).resolves.toMatchObject({ code });
    const token = await side.tokens.forCaller(second).get();
    await expect(stand.entra.verifyDatabricksToken(token)).resolves.toMatchObject({
      objectId: NO_SPACE.objectId,
    });
  });
}

const NO_ANSWERS: readonly { name: string; fault: object }[] = [
  { name: "200 with HTML", fault: { status: 200, body: "<html>proxy</html>" } },
  { name: "200 without a token", fault: { status: 200, body: { token_type: "Bearer" } } },
  { name: "200 with null", fault: { status: 200, body: "null" } },
  { name: "400 without an OAuth error", fault: { status: 400, body: { message: "no" } } },
  { name: "a redirect", fault: { status: 302, headers: { location: "https://localhost:1/" } } },
  { name: "a reset", fault: { reset: true } },
];

for (const { name, fault } of NO_ANSWERS) {
  verifies("auth.refusals", `${name} is identity_provider_unavailable`, async () => {
    const side = aGatewaySide(stand);
    const caller = await aCaller(side, ANALYST);
    stand.entra.injectFault({ path: TOKEN_PATH, ...fault });
    const failure = await failureOf(side.tokens.forCaller(caller).get());
    expect(failure.code).toBe("identity_provider_unavailable");
    expect(failure.retryAfterSeconds).toBeGreaterThan(0);
  });
}

verifies("health.503", "the app's credential: taken, refused, and no answer", async () => {
  const side = aGatewaySide(stand);
  expect(await side.tokens.tryCredential()).toBe(true);
  stand.entra.injectFault({ path: TOKEN_PATH, times: 1, status: 500 });
  const unanswered = await failureOf(side.tokens.tryCredential());
  expect(unanswered.code).toBe("identity_provider_unavailable");
  // Past all that is kept: the first token would serve for an hour.
  const wrong = aGatewaySide(stand, { credential: { plainSecret: "not-the-secret" } });
  expect(await wrong.tokens.tryCredential()).toBe(false);
});

verifies("auth.no-hang", "a hanging token endpoint is 503 within the budget", async () => {
  const side = aGatewaySide(stand, { limits: { tryTimeoutMs: 150, budgetMs: 400 } });
  const caller = await aCaller(side, ANALYST);
  stand.entra.injectFault({ path: TOKEN_PATH, hang: true });
  const started = performance.now();
  const failure = await failureOf(side.tokens.forCaller(caller).get());
  expect(failure.code).toBe("identity_provider_unavailable");
  expect(performance.now() - started).toBeLessThan(8_000);
});

verifies(
  "auth.no-hang",
  "a caller leaves a slow exchange; the next one gets its token",
  async () => {
    const side = aGatewaySide(stand, { waitMs: 100 });
    const caller = await aCaller(side, ANALYST);
    const grants = stand.entra.countGrants("on-behalf-of");
    const release = Promise.withResolvers<void>();
    stand.entra.injectFault({ path: TOKEN_PATH, times: 1, until: release.promise });
    const source = side.tokens.forCaller(caller);
    await expect(failureOf(source.get())).resolves.toMatchObject({
      code: "identity_provider_unavailable",
    });
    release.resolve();
    await expect.poll(() => source.get().catch(() => "")).not.toBe("");
    expect(stand.entra.countGrants("on-behalf-of") - grants).toBe(1);
  },
);
