// Identity while its parts fail: the secret is rotated under load, the vault goes down, Entra rotates its keys.
// One stand, one story: the tests run in this order, because each leaves the identity services as it found them.

import { describe, expect } from "vitest";
import { GATEWAY_API } from "../../local/users.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, ask, call, type GatewayReply, problemOf } from "./gateway-client.ts";

const stand = useStand("identity-resilience");
const SECRET_NAME = "genie-client-secret";

const me = () => call(stand(), { path: "/api/v1/me", as: "analyst" });
const statuses = (replies: readonly GatewayReply[]) => replies.map(({ status }) => status);
const allOk = (count: number) => Array.from({ length: count }, () => 200);

/** The next secret: new in Entra and in the vault; the one before is gone from Entra. */
let current: string | undefined;
function rotateSecret(version: number): void {
  const { entra, keyVault } = stand();
  const value = entra.addSecret(GATEWAY_API.clientId, {
    value: `${SECRET_MARKERS.secret}-${version}`,
  });
  keyVault.put(SECRET_NAME, value);
  if (current !== undefined) entra.removeSecret(GATEWAY_API.clientId, current);
  current = value;
}

describe("identity", { shuffle: false }, () => {
  verifies("gateway.secret-rotation", "30 requests around a rotation: none fails", async () => {
    rotateSecret(1);
    expect((await me()).status).toBe(200);
    // Each request carries a token of its own, so each needs an exchange with the secret of that moment.
    const before = Array.from({ length: 10 }, me);
    rotateSecret(2);
    const during = Array.from({ length: 10 }, me);
    const asks = Array.from({ length: 4 }, (_, index) =>
      ask(stand(), index % 2 === 0 ? "app" : "analyst", { query: "average delay by origin" }),
    );
    await Promise.race(during);
    const after = Array.from({ length: 6 }, me);
    const replies = await Promise.all([...before, ...during, ...asks, ...after]);
    expect(statuses(replies)).toEqual(allOk(30));
  });

  verifies(
    "gateway.secret-rotation",
    "a secret that expired in Entra is read anew, too",
    async () => {
      const { entra } = stand();
      const old = current ?? "";
      rotateSecret(3);
      entra.expireSecret(GATEWAY_API.clientId, old);
      expect(statuses(await Promise.all(Array.from({ length: 5 }, me)))).toEqual(allOk(5));
    },
  );

  verifies(
    "gateway.secret-rotation",
    "the vault is down: new sign-ins go on with the kept secret",
    async () => {
      const { keyVault } = stand();
      keyVault.injectFault({ status: 503 });
      try {
        const grantsBefore = stand().entra.countGrants();
        const replies = await Promise.all([
          ...Array.from({ length: 8 }, me),
          ask(stand(), "analyst", { query: "average delay by origin" }),
          call(stand(), { path: "/genie/spaces", as: "no-space" }),
          call(stand(), { path: "/genie/spaces", as: "no-warehouse" }),
        ]);
        expect(statuses(replies)).toEqual(allOk(11));
        expect(stand().entra.countGrants() - grantsBefore).toBeGreaterThanOrEqual(11);
        const ready = JSON.parse((await call(stand(), { path: "/health/ready" })).text);
        expect(ready.checks.key_vault.status).toBe("degraded");
        expect(ready.status).toBe("degraded");
      } finally {
        keyVault.clearFaults();
      }
    },
  );

  verifies("auth.key-rotation", "the next key was published before: no request fails", async () => {
    await stand().entra.rotateKeys();
    expect(statuses(await Promise.all([me(), me(), me()]))).toEqual(allOk(3));
  });

  verifies("auth.keys-stale", "while Entra's key endpoint fails, known keys serve on", async () => {
    stand().entra.injectFault({ path: "discovery", status: 500 });
    try {
      expect(statuses(await Promise.all([me(), me()]))).toEqual(allOk(2));
    } finally {
      stand().entra.clearFaults();
    }
  });

  verifies("auth.refusals", "what Entra holds against a user is told with its remedy", async () => {
    const { entra } = stand();
    const cases = [
      ["needs-consent", 403, "consent_required"],
      ["not-assigned", 403, "user_not_assigned"],
      ["revoked", 401, "invalid_token"],
      ["needs-mfa", 401, "insufficient_claims"],
    ] as const;
    for (const [condition, status, code] of cases) {
      entra.setCondition("a1000000-0000-4000-8000-000000000001", condition);
      const reply = await ask(stand(), "analyst", { query: SECRET_MARKERS.question });
      expect(problemOf(reply, status, code).remedy).toBeTruthy();
      expect(reply.text).not.toMatch(/AADSTS/);
      const challenge = reply.headers.get("www-authenticate") ?? "";
      expect(challenge.includes("claims=")).toBe(code === "insufficient_claims");
    }
    entra.setCondition("a1000000-0000-4000-8000-000000000001", undefined);
    const query = "average delay by origin";
    expect(answerOf(await ask(stand(), "analyst", { query })).status).toBe("completed");
    expect(
      stand()
        .databricks.asks()
        .map(({ question }) => question),
    ).not.toContain(SECRET_MARKERS.question);
  });

  verifies("auth.never-the-app", "no question of a user was asked as the app", () => {
    const callers = new Set(
      stand()
        .databricks.calls({ route: "getMe" })
        .map(({ caller }) => caller),
    );
    callers.delete(undefined); // the readiness probe sends no token
    expect([...callers]).toEqual(["a1000000-0000-4000-8000-000000000001"]);
  });
});
