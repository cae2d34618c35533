// The client secret through the real Key Vault client: rotation under load, outages, and what an operator is told.

import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { GATEWAY_API, SIMULATED_USERS } from "../../../local/users.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf } from "../../unit/auth/failure-of.ts";
import {
  aGatewaySide,
  aShiftedClock,
  type GatewaySide,
  type IdentityStand,
  SECRET_NAME,
  startIdentityStand,
} from "./identity-fixture.ts";

let stand: IdentityStand;
let secret: string;

beforeAll(async () => {
  stand = await startIdentityStand();
  secret = stand.firstSecret;
});
afterEach(() => stand.keyVault.clearFaults());
afterAll(() => stand.close());

/** An exchange for an assertion of its own, so that no cached token answers it. */
async function exchange(side: GatewaySide, index = 0): Promise<string> {
  const user = SIMULATED_USERS[index % SIMULATED_USERS.length];
  if (user === undefined) expect.unreachable("there are users");
  const assertion = await stand.entra.issueUserToken({ user });
  const { tenantId } = stand.entra;
  const caller = {
    kind: "user",
    tenantId,
    objectId: user.objectId,
    clientId: "c",
    assertion,
  } as const;
  return side.tokens.forCaller(caller).get();
}

const exchangeMany = (side: GatewaySide, count: number) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => exchange(side, index)));

const failed = (outcomes: PromiseSettledResult<string>[]) =>
  outcomes.filter(({ status }) => status === "rejected");

verifies(
  "auth.secret-rotation",
  "the secret is rotated while 20 exchanges run: none fails",
  async () => {
    const side = aGatewaySide(stand);
    await exchange(side);
    const running = exchangeMany(side, 10);
    secret = stand.rotateSecret(secret);
    expect(failed([...(await running), ...(await exchangeMany(side, 10))])).toEqual([]);
  },
);

verifies("auth.secret-rotation", "an expired secret is replaced as well", async () => {
  const side = aGatewaySide(stand);
  await exchange(side);
  const old = secret;
  secret = stand.entra.addSecret(GATEWAY_API.clientId);
  stand.keyVault.put(SECRET_NAME, secret);
  stand.entra.expireSecret(GATEWAY_API.clientId, old);
  await expect(exchange(side)).resolves.toBeTypeOf("string");
});

verifies(
  "auth.secret-rotation",
  "a secret that stays wrong is service_credential_problem, without a second try",
  async () => {
    stand.keyVault.put("wrong-secret", "not the secret");
    const side = aGatewaySide(stand, { secretName: "wrong-secret" });
    const grants = stand.entra.countGrants("on-behalf-of");
    const failure = await failureOf(exchange(side));
    expect(failure.code).toBe("service_credential_problem");
    expect(failure.remedy).toContain("az ad app credential reset");
    expect(stand.entra.countGrants("on-behalf-of") - grants, "no new version, no retry").toBe(1);
    expect(JSON.stringify(failure) + side.logText()).not.toContain("not the secret");
  },
);

verifies("auth.secret-cached", "the vault goes down with a cached secret: none fails", async () => {
  const clock = aShiftedClock();
  const side = aGatewaySide(stand, { clock });
  await exchange(side);
  stand.keyVault.injectFault({ status: 503 });
  for (const hours of [0, 2, 20]) {
    clock.shift(hours * 3_600_000);
    expect(failed(await exchangeMany(side, 5)), `${hours} h later`).toEqual([]);
  }
});

verifies(
  "auth.secret-cached",
  "a vault that is down from the start is service_credential_problem",
  async () => {
    const side = aGatewaySide(stand, { vaultTimeoutMs: 1_000 });
    stand.keyVault.injectFault({ status: 503 });
    const failure = await failureOf(exchange(side));
    expect(failure.code).toBe("service_credential_problem");
    expect(failure.retryAfterSeconds).toBeGreaterThan(0);
    stand.keyVault.clearFaults();
    await expect(exchange(side), "and works once it is back").resolves.toBeTypeOf("string");
  },
);

verifies("auth.no-hang", "a hanging vault is given up within its bound", async () => {
  const side = aGatewaySide(stand, { vaultTimeoutMs: 300 });
  stand.keyVault.injectFault({ hang: true });
  const started = performance.now();
  await expect(failureOf(exchange(side))).resolves.toMatchObject({
    code: "service_credential_problem",
  });
  expect(performance.now() - started).toBeLessThan(8_000);
});

verifies("auth.refusals", "a missing or disabled secret says what the operator does", async () => {
  const missing = aGatewaySide(stand, { secretName: "no-such-secret" });
  expect((await failureOf(exchange(missing))).remedy).toContain("az keyvault secret set");
  stand.keyVault.put("disabled-secret", "x", { enabled: false });
  const disabled = aGatewaySide(stand, { secretName: "disabled-secret" });
  expect((await failureOf(exchange(disabled))).remedy).toContain("Key Vault Secrets User");
});

verifies("auth.secret-status", "the check reads version and expiry from the vault", async () => {
  const expiresOn = new Date(Math.floor(Date.now() / 1000 + 86_400) * 1000);
  const version = stand.keyVault.put("expiring-secret", "x", { expiresOn });
  const { secret: expiring } = aGatewaySide(stand, { secretName: "expiring-secret" });
  await expect(expiring.check()).resolves.toEqual({ source: "vault", version, expiresOn });
  stand.keyVault.injectFault({ status: 403 });
  await expect(expiring.check()).resolves.toMatchObject({ source: "cache", version });
});
