import { describe, expect, test } from "vitest";
import { readinessSchema } from "../../../shared/contracts/health-schemas.ts";
import {
  createReadiness,
  type ReadinessProbes,
  type VaultReading,
} from "../../../shared/health/readiness.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const DAY_MS = 86_400_000;
const never = () => new Promise<never>(() => {});
const secret = "https://vault.example 01f185d9 hunter2";
const failing = async (): Promise<never> => {
  throw new Error(secret);
};

function aVault(
  overrides: { cached?: boolean; secretExpiresAt?: number | null } = {},
): VaultReading {
  return { kind: "read", cached: false, secretExpiresAt: null, ...overrides };
}

function aReadiness(overrides: Partial<ReadinessProbes> = {}) {
  const clock = createVirtualClock();
  const probes: ReadinessProbes = {
    readVault: async () => aVault({ secretExpiresAt: clock.now() + 90 * DAY_MS }),
    readSigningKeys: async () => ({ cached: false }),
    tryCredential: async () => true,
    openSealingKey: async () => true,
    reachStorage: async () => {},
    reachDatabricks: async () => true,
    ...overrides,
  };
  const configuration = { kind: "valid", probes } as const;
  return { clock, check: createReadiness({ version: "1.2.3", configuration, clock }) };
}

async function checksWith(overrides: Partial<ReadinessProbes>) {
  const { clock, check } = aReadiness(overrides);
  return clock.run(check());
}

describe("readiness", () => {
  verifies("health.shape", "all well: 200 and every check", async () => {
    const { httpStatus, body } = await aReadiness().check();
    expect(httpStatus).toBe(200);
    readinessSchema.parse(body);
    expect(body).toMatchObject({
      status: "ok",
      version: "1.2.3",
      checks: {
        configuration: { status: "ok" },
        key_vault: { status: "ok" },
        secret_expiry: { status: "ok" },
        entra: { status: "ok" },
        storage: { status: "ok" },
        databricks: { status: "ok" },
      },
    });
  });

  const faults: [check: string, probes: Partial<ReadinessProbes>][] = [
    ["key_vault", { readVault: failing }],
    ["key_vault", { openSealingKey: failing }],
    ["entra", { readSigningKeys: failing }],
    ["entra", { tryCredential: async () => false }],
    ["databricks", { reachDatabricks: failing }],
    ["databricks", { reachDatabricks: async () => false }],
  ];
  for (const [name, probes] of faults) {
    verifies("health.503", `${name} failed: 503, and the detail is a phrase of ours`, async () => {
      const { httpStatus, body } = await checksWith(probes);
      expect(httpStatus).toBe(503);
      expect(body.status).toBe("failed");
      expect(body.checks).toMatchObject({
        [name]: { status: "failed", detail: expect.any(String) },
      });
      expect(JSON.stringify(body)).not.toMatch(/vault\.example|01f185d9|hunter2/);
    });
  }

  verifies(
    "health.503",
    "a probe that throws before it returns a promise is failed too",
    async () => {
      const reachDatabricks = () => {
        throw new Error(secret);
      };
      expect((await checksWith({ reachDatabricks })).httpStatus).toBe(503);
    },
  );

  verifies("health.cached", "what comes from cache is degraded, and that is no 503", async () => {
    const { httpStatus, body } = await checksWith({
      readVault: async () => aVault({ cached: true }),
      readSigningKeys: async () => ({ cached: true }),
    });
    expect(httpStatus).toBe(200);
    expect(body.status).toBe("degraded");
    expect(body.checks.key_vault.status).toBe("degraded");
    expect(body.checks.entra.status).toBe("degraded");
  });

  const expiries: [daysLeft: number | null, status: string][] = [
    [null, "ok"],
    [30.001, "ok"],
    [30, "degraded"],
    [1, "degraded"],
    [-1, "degraded"],
  ];
  for (const [daysLeft, status] of expiries) {
    verifies("health.secret-expiry", `${daysLeft} days left: ${status}`, async () => {
      const { clock, check } = aReadiness({
        readVault: async () =>
          aVault({ secretExpiresAt: daysLeft === null ? null : clock.now() + daysLeft * DAY_MS }),
      });
      const { body } = await check();
      expect(body.checks.secret_expiry.status).toBe(status);
      expect(body.checks.secret_expiry.detail ?? "").not.toMatch(/2026|T\d\d:/);
    });
  }

  verifies(
    "health.cached",
    "no token at the moment is degraded: those kept still serve",
    async () => {
      const { body } = await checksWith({ tryCredential: failing });
      expect(body.checks.entra.status).toBe("degraded");
    },
  );

  verifies(
    "health.shape",
    "the vault of the sealing key counts without a client secret",
    async () => {
      const notUsed: VaultReading = { kind: "not_used" };
      const { body } = await checksWith({ readVault: async () => notUsed });
      expect(body.checks.key_vault.status).toBe("ok");
      expect(body.checks.secret_expiry.status).toBe("skipped");
      const { httpStatus } = await checksWith({
        readVault: async () => notUsed,
        openSealingKey: failing,
      });
      expect(httpStatus).toBe(503);
    },
  );

  verifies(
    "health.shape",
    "neither secret nor key of a vault skips both of its checks",
    async () => {
      const { httpStatus, body } = await checksWith({
        readVault: async () => ({ kind: "not_used" }),
        openSealingKey: async () => false,
      });
      expect(httpStatus).toBe(200);
      expect(body.checks.key_vault.status).toBe("skipped");
      expect(body.checks.secret_expiry.status).toBe("skipped");
    },
  );

  verifies(
    "health.bounded",
    "hanging dependencies: all failed after 8 s, not after 8 s each",
    async () => {
      const { clock, check } = aReadiness({
        readVault: never,
        readSigningKeys: never,
        reachDatabricks: never,
      });
      const start = clock.now();
      const { httpStatus, body } = await clock.run(check());
      expect(clock.now() - start).toBe(8_000);
      expect(httpStatus).toBe(503);
      for (const name of ["key_vault", "secret_expiry", "entra", "databricks"] as const) {
        expect(body.checks[name]).toEqual({
          status: "failed",
          detail: "There was no answer in time.",
        });
      }
    },
  );

  verifies(
    "health.shared",
    "callers within 10 s share one look, later ones get a new one",
    async () => {
      let looks = 0;
      const { clock, check } = aReadiness({
        reachDatabricks: async () => {
          looks += 1;
          return looks > 1;
        },
      });
      const [first, second] = await Promise.all([check(), check()]);
      clock.advance(9_999);
      const third = await check();
      expect([first, second, third].map((each) => each.httpStatus)).toEqual([503, 503, 503]);
      expect(looks).toBe(1);
      clock.advance(1);
      expect((await check()).httpStatus).toBe(200);
      expect(looks).toBe(2);
    },
  );

  verifies(
    "health.configuration",
    "faulty settings are named, and nothing else is looked at",
    async () => {
      const clock = createVirtualClock();
      const settings = ["TENANT_ID", "GENIE__SPACES"];
      const configuration = { kind: "faulty", settings } as const;
      const { httpStatus, body } = await createReadiness({ version: "1", configuration, clock })();
      expect(httpStatus).toBe(503);
      expect(body.checks.configuration).toEqual({
        status: "failed",
        detail: "These settings are missing or wrong: TENANT_ID, GENIE__SPACES.",
      });
      for (const name of [
        "key_vault",
        "secret_expiry",
        "entra",
        "storage",
        "databricks",
      ] as const) {
        expect(body.checks[name].status).toBe("skipped");
      }
    },
  );

  verifies("health.details", "every detail is one of the phrases we know", async () => {
    const { body } = await checksWith({
      readVault: failing,
      readSigningKeys: failing,
      reachStorage: failing,
      reachDatabricks: failing,
    });
    const details = Object.values(body.checks).flatMap((check) => check.detail ?? []);
    expect(details).toEqual([
      "The key vault could not be read.",
      "The client secret could not be read.",
      "Entra's signing keys could not be read.",
      "The storage could not be reached.",
      "The workspace could not be reached.",
    ]);
  });

  test("a finished check leaves no timer behind", async () => {
    const { clock, check } = aReadiness();
    const start = clock.now();
    await clock.run(check().then(() => new Promise((resolve) => setImmediate(resolve))));
    expect(clock.now()).toBe(start);
  });
});
