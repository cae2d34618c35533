// Tokens of the simulated tenant over its real key endpoint: both versions, both kinds, rotation and outage.

import { afterAll, afterEach, beforeAll, expect } from "vitest";
import {
  ANALYST,
  CALLER_WITH_ROLE,
  CALLER_WITHOUT_ROLE,
  GATEWAY_API,
} from "../../../local/users.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf } from "../../unit/auth/failure-of.ts";
import {
  aGatewaySide,
  aShiftedClock,
  type IdentityStand,
  startIdentityStand,
} from "./identity-fixture.ts";

let stand: IdentityStand;

beforeAll(async () => {
  stand = await startIdentityStand();
});
afterEach(() => stand.entra.clearFaults());
afterAll(() => stand.close());

verifies("auth.issuers", "v1 and v2 tokens of users and applications are told apart", async () => {
  const { inbound } = aGatewaySide(stand);
  for (const version of [1, 2] as const) {
    const user = await stand.entra.issueUserToken({ user: ANALYST, version });
    await expect(inbound.authenticate(`Bearer ${user}`, "either")).resolves.toMatchObject({
      kind: "user",
      objectId: ANALYST.objectId,
    });
    const app = await stand.entra.issueAppToken({ clientId: CALLER_WITH_ROLE.clientId, version });
    await expect(inbound.authenticate(`Bearer ${app}`, "either")).resolves.toEqual({
      kind: "app",
      tenantId: stand.entra.tenantId,
      clientId: CALLER_WITH_ROLE.clientId,
    });
  }
});

verifies("auth.caller-kind", "wrong kinds are refused with their own codes", async () => {
  const { inbound } = aGatewaySide(stand);
  const { clientId } = GATEWAY_API;
  const app = await stand.entra.issueAppToken({ clientId: CALLER_WITH_ROLE.clientId });
  const roleless = await stand.entra.issueAppToken({ clientId: CALLER_WITHOUT_ROLE.clientId });
  const user = await stand.entra.issueUserToken({ user: ANALYST });
  const id = await stand.entra.issueIdToken({ user: ANALYST, clientId });
  const cases = [
    [app, "user", "user_token_required"],
    [user, "app", "app_token_required"],
    [roleless, "app", "insufficient_scope"],
    [id, "either", "insufficient_scope"],
  ] as const;
  for (const [token, accepts, code] of cases) {
    const failure = await failureOf(inbound.authenticate(`Bearer ${token}`, accepts));
    expect(failure.code).toBe(code);
  }
});

verifies(
  "auth.hostile-tokens",
  "tokens for other resources, expired ones and unknown signers are 401",
  async () => {
    const { inbound } = aGatewaySide(stand);
    const databricks = aGatewaySide(stand).tokens.forCaller({ kind: "function-key" });
    const tokens = [
      await databricks.get(),
      await stand.entra.issueUserToken({ user: ANALYST, resource: "https://graph.microsoft.com" }),
      await stand.entra.issueUserToken({ user: ANALYST, lifetimeS: -120 }),
      await stand.entra.sign({ kid: "made-up" }, { sub: "x" }),
    ];
    for (const token of tokens) {
      const failure = await failureOf(inbound.authenticate(`Bearer ${token}`, "either"));
      expect(failure.code).toBe("invalid_token");
    }
  },
);

verifies(
  "auth.key-rotation",
  "tokens of a rotated key are accepted, after 60 s at the latest",
  async () => {
    const clock = aShiftedClock();
    const { inbound } = aGatewaySide(stand, { clock });
    const call = async () =>
      inbound.authenticate(`Bearer ${await stand.entra.issueUserToken({ user: ANALYST })}`, "user");
    await call();
    await stand.entra.rotateKeys();
    await expect(call(), "the next key was published before").resolves.toBeDefined();
    await stand.entra.rotateKeys();
    await failureOf(call());
    clock.shift(31_000);
    await expect(call()).resolves.toBeDefined();
  },
);

verifies(
  "auth.keys-stale",
  "the key endpoint goes down: known keys serve, a cold start is 503",
  async () => {
    const clock = aShiftedClock();
    const warm = aGatewaySide(stand, { clock });
    const header = `Bearer ${await stand.entra.issueUserToken({ user: ANALYST })}`;
    await warm.inbound.authenticate(header, "user");
    stand.entra.injectFault({ path: "/keys", status: 503 });
    clock.shift(11 * 60_000);
    await expect(warm.inbound.authenticate(header, "user")).resolves.toBeDefined();
    const cold = await failureOf(aGatewaySide(stand).inbound.authenticate(header, "user"));
    expect(cold.code).toBe("identity_provider_unavailable");
  },
);
