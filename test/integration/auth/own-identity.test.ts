// The gateway's own Azure identity: managed identity through msal, the Azure CLI through @azure/identity, and the
// exchange without any secret.

import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, vi } from "vitest";
import { ANALYST, GATEWAY_API } from "../../../local/users.ts";
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
afterEach(() => stand.managedIdentity.clearFaults());
afterAll(() => stand.close());

async function exchange(side: GatewaySide): Promise<string> {
  const token = await stand.entra.issueUserToken({ user: ANALYST });
  return side.tokens.forCaller(await side.inbound.authenticate(`Bearer ${token}`, "user")).get();
}

/** A stand-in for `az` that prints `output`, found first on the PATH. */
async function installAz(output: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "az-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "az");
  await writeFile(file, `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`);
  await chmod(file, 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
}

verifies(
  "auth.secretless",
  "users and the app are exchanged with the managed identity, no secret, no vault",
  async () => {
    stand.entra.removeSecret(GATEWAY_API.clientId, stand.firstSecret);
    const side = aGatewaySide(stand, { credential: "managed-identity" });
    const vaultRequests = stand.keyVault.requests.length;
    const identityRequests = stand.managedIdentity.requests.length;
    await expect(stand.entra.verifyDatabricksToken(await exchange(side))).resolves.toMatchObject({
      kind: "user",
      objectId: ANALYST.objectId,
    });
    const appToken = await side.tokens.forCaller({ kind: "function-key" }).get();
    await expect(stand.entra.verifyDatabricksToken(appToken)).resolves.toMatchObject({
      kind: "app",
      clientId: GATEWAY_API.clientId,
    });
    await Promise.all(Array.from({ length: 10 }, () => exchange(side)));
    expect(stand.keyVault.requests).toHaveLength(vaultRequests);
    expect(stand.managedIdentity.requests.length - identityRequests, "cached").toBe(1);
  },
);

verifies(
  "auth.own-identity",
  "an identity that the app does not have is service_credential_problem",
  async () => {
    const side = aGatewaySide(stand, {
      credential: "managed-identity",
      azureClientId: "00000000-0000-4000-8000-00000000000f",
    });
    const failure = await failureOf(exchange(side));
    expect(failure.code).toBe("service_credential_problem");
    expect(failure.remedy).toContain("AZURE_CLIENT_ID");
  },
);

verifies("auth.own-identity", "outside Azure the CLI sign-in is used, and asked once", async () => {
  const expiresOn = Math.floor(Date.now() / 1000) + 3600;
  const { accessToken } = await issueCliToken();
  await installAz(JSON.stringify({ accessToken, expires_on: expiresOn, tokenType: "Bearer" }));
  const before = stand.managedIdentity.requests.length;
  const side = aGatewaySide(stand, { managedIdentity: false });
  await expect(side.secret.check()).resolves.toMatchObject({ source: "vault" });
  expect(stand.managedIdentity.requests.length, "never the managed identity").toBe(before);
});

verifies("auth.own-identity", "without a CLI sign-in the failure says az login", async () => {
  await installAz("Please run az login");
  const side = aGatewaySide(stand, { managedIdentity: false });
  const failure = await failureOf(side.secret.current());
  expect(failure.code).toBe("service_credential_problem");
  expect(failure.remedy).toContain("az login");
});

async function issueCliToken() {
  const identity = { clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46", objectId: ANALYST.objectId };
  const issued = await stand.entra.issueManagedIdentityToken(identity, "https://vault.azure.net");
  if (issued === undefined) expect.unreachable("the vault's resource is known");
  return issued;
}
