// Sealing with the keys of a (simulated) Key Vault, through the real client and as the composition root wires it.

import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect } from "vitest";
import { MANAGED_IDENTITY } from "../../../local/users.ts";
import { createSealing } from "../../../shared/app/create-sealing.ts";
import { createAzureCredential } from "../../../shared/auth/azure-credential.ts";
import { createOutbound } from "../../../shared/outbound/send-outbound.ts";
import type { Sealing } from "../../../shared/sealing/sealing.ts";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import { verifies } from "../../support/verifies.ts";
import { silentLogger } from "../../unit/auth/silent-logger.ts";
import { type IdentityStand, startIdentityStand } from "../auth/identity-fixture.ts";

const NAME = "genie-sealing-key";
const context = { purpose: "test", operation: "o-1" };
let stand: IdentityStand;

beforeAll(async () => {
  stand = await startIdentityStand();
});
afterAll(async () => {
  await stand.close();
});

const newKey = (name: string) => stand.keyVault.put(name, randomBytes(32).toString("base64"));

function aWorker(secretName = NAME): Sealing {
  const deps = { clock: systemClock, logger: silentLogger };
  const credential = createAzureCredential({
    ...deps,
    managedIdentity: true,
    azureClientId: MANAGED_IDENTITY.clientId,
    send: createOutbound(deps),
  });
  const source = { kind: "key-vault", vaultUrl: stand.keyVault.url, secretName } as const;
  return createSealing(source, { ...deps, credential });
}

verifies(
  "sealing.rotation",
  "the vault's versions are the key ids",
  async () => {
    const first = newKey(NAME);
    const old = await aWorker().seal("old", context);
    expect(old).toContain(`v1.${first}.`);
    const others = Array.from({ length: 30 }, () => newKey(NAME)); // more than one page of the list
    const worker = aWorker();
    const fresh = await worker.seal("fresh", context);
    expect([first, ...others]).toContain(fresh.split(".")[1]);
    expect(await worker.open(old, context)).toBe("old");
    expect(await aWorker().open(fresh, context)).toBe("fresh");
    stand.keyVault.setEnabled(NAME, false, first);
    await expect(aWorker().open(old, context)).rejects.toThrow("sealed text refused");
  },
  30_000,
);

verifies(
  "sealing.vault-outage",
  "no such secret, no key in it, no right to it, no vault",
  async () => {
    const problem = { failure: { code: "service_credential_problem" } };
    await expect(aWorker("missing").seal("x", context)).rejects.toMatchObject(problem);
    stand.keyVault.put("no-key", "hello");
    await expect(aWorker("no-key").seal("x", context)).rejects.toMatchObject(problem);
    newKey("guarded");
    for (const status of [403, 500]) {
      stand.keyVault.injectFault({ path: "guarded", status });
      await expect(aWorker("guarded").seal("x", context)).rejects.toMatchObject(problem);
      stand.keyVault.clearFaults();
    }
    const worker = aWorker("guarded");
    const sealed = await worker.seal("x", context);
    stand.keyVault.injectFault({ reset: true });
    expect(await worker.open(sealed, context)).toBe("x");
    stand.keyVault.clearFaults();
  },
);
