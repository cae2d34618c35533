// The registration script on a tenant that is not as it left it: what it repairs, what of others it leaves alone, and
// what it never counts as its own. Never what it makes on an empty tenant (set-up-entra.test.ts).

import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { createCli } from "../../../infra/cli/run-cli.ts";
import { setUpEntra } from "../../support/scripted-cli/in-process.ts";
import { newTenant, TENANT } from "../../support/scripted-cli/scripted-tenant.ts";
import { verifies } from "../../support/verifies.ts";

const ALL = ["--tenant-id", TENANT, "--base-url", "https://gw.example.com", "--vault", "kv-genie"];
const IDENTITY = "77777777-2222-4333-8444-555555555555";

interface Switchable {
  id: string;
  value: string;
  isEnabled?: boolean;
}

/** A tenant on which the script has run, its application, and the two lists that the tests change. */
async function registered(args: readonly string[] = ALL) {
  const tenant = newTenant();
  await setUpEntra(tenant, args);
  const [app] = tenant.applications;
  if (app === undefined) throw new Error("no application");
  const scopes = (): Switchable[] => app.api.oauth2PermissionScopes;
  const roles = () => app.appRoles as Switchable[];
  return { tenant, app, scopes, roles };
}

verifies(
  "infra.entra-registration",
  "a scope and a role that are disabled are enabled",
  async () => {
    const { tenant, scopes, roles } = await registered();
    const before = structuredClone([scopes(), roles()]);
    for (const each of [...scopes(), ...roles()]) each.isEnabled = false;
    await setUpEntra(tenant, ALL);
    expect([scopes(), roles()]).toEqual(before);
  },
);

for (const version of [null, 1]) {
  verifies("infra.entra-registration", `token version ${version} becomes 2`, async () => {
    const { tenant, app } = await registered();
    const before = structuredClone(app.api);
    app.api.requestedAccessTokenVersion = version;
    await setUpEntra(tenant, ALL);
    expect(app.api).toEqual(before);
  });
}

verifies("infra.entra-registration", "roles and permissions of others stay", async () => {
  const { tenant, app, roles } = await registered();
  const role = { id: "r", value: "Other.Read", allowedMemberTypes: ["User"], isEnabled: false };
  const access = { resourceAppId: "graph", resourceAccess: [{ id: "s", type: "Scope" }] };
  const [ours] = roles();
  Object.assign(app, { appRoles: [role], requiredResourceAccess: [access] });
  await setUpEntra(tenant, ALL);
  expect(roles()).toMatchObject([role, { value: ours?.value, isEnabled: true }]);
  expect(app.requiredResourceAccess).toMatchObject([access, { resourceAccess: [{}] }]);
});

verifies("infra.entra-registration", "one user's consent is not everybody's", async () => {
  const { tenant } = await registered();
  const [everybody] = tenant.grants;
  if (everybody === undefined) throw new Error("no consent");
  const own = { ...everybody, id: "own", consentType: "Principal", principalId: "somebody" };
  tenant.grants = [structuredClone(own)];
  const { code } = await setUpEntra(tenant, ALL);
  expect(code).toBe(0);
  expect(tenant.grants).toEqual([own, { ...everybody, id: expect.any(String) }]);
});

for (const [what, other] of [
  ["issuer", { issuer: "https://login.microsoftonline.com/another-tenant/v2.0" }],
  ["audience", { audiences: ["api://another"] }],
] as const) {
  verifies("infra.entra-registration", `an identity trusted with another ${what}`, async () => {
    const secretless = [...ALL, "--credential", "managed-identity"];
    const args = [...secretless, "--identity-principal-id", IDENTITY];
    const { tenant } = await registered(args);
    const before = structuredClone(tenant.federated);
    Object.assign(tenant.federated[0] ?? {}, other);
    await setUpEntra(tenant, args);
    expect(tenant.federated).toEqual(before);
  });
}

verifies(
  "infra.secrets-never-shown",
  "--remove-old-secrets removes none while it is not known which one is in use",
  async () => {
    const { tenant, app } = await registered();
    await setUpEntra(tenant, [...ALL, "--rotate", "client-secret"]);
    const before = structuredClone(app.passwordCredentials);
    expect(before).toHaveLength(2);
    const theirs = { value: "theirs", expires: null, tags: {}, enabled: true };
    tenant.secrets["genie-client-secret"] = [theirs];
    await setUpEntra(tenant, [...ALL, "--remove-old-secrets"]);
    expect(app.passwordCredentials).toEqual(before);
  },
);

verifies("infra.secrets-never-shown", "a program that repeats its input in an error", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "genie-repeats-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const program = path.join(folder, "az");
  await writeFile(
    program,
    '#!/bin/sh\nread -r line\necho "ERROR: not $line, no $line" >&2\nexit 1\n',
  );
  await chmod(program, 0o755);
  const cli = createCli({
    platform: process.platform,
    searchPath: folder,
    exists: () => true,
    environment: process.env,
    sleep: async () => {},
    onWait: () => {},
  });
  const input = { kind: "secret", reveal: () => "s3cret+/=", shownAs: "" } as const;
  const planned = { kind: "nothing-there" } as const;
  const failure = cli.call({ program: "az", args: [], input, planned });
  await expect(failure).rejects.toThrow(/^ERROR: not \(secret\), no \(secret\)$/);
});
