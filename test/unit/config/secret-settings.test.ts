// Where secrets may come from, here and in Azure.

import { expect } from "vitest";
import { parseSettings } from "../../../shared/config/settings.ts";
import { verifies } from "../../support/verifies.ts";
import { anAzureEnvironment, anEnvironment, faultySettings } from "./an-environment.ts";

/** 32 zero bytes: the form of a key, and nobody's. */
const KEY = `${"A".repeat(43)}=`;
const PLAIN = { CLIENT_CREDENTIAL: "secret", CLIENT_SECRET: "local-only", SEALING_KEY: KEY };

verifies("settings.plain-secrets", "a local app may have all its secrets in plain", () => {
  const settings = parseSettings(anEnvironment({ ...PLAIN, KEY_VAULT_URL: undefined }));
  expect(settings).toMatchObject({
    credential: { kind: "secret", secret: "local-only" },
    keyVault: null,
    sealingKey: { kind: "plain", base64: KEY },
    signingSecret: null,
  });
});

verifies("settings.plain-secrets", "in Azure each of them is a fault", () => {
  const environment = anAzureEnvironment({ ...PLAIN, WEBHOOK_SIGNING_SECRET: `whsec_${KEY}` });
  expect(faultySettings(environment)).toEqual([
    "CLIENT_SECRET",
    "SEALING_KEY",
    "WEBHOOK_SIGNING_SECRET",
  ]);
});

verifies("settings.plain-secrets", "in Azure an unused plain secret is a fault too", () => {
  expect(faultySettings(anAzureEnvironment({ CLIENT_SECRET: "left-over" }))).toEqual([
    "CLIENT_SECRET",
  ]);
});

verifies("settings.plain-secrets", "ALLOW_PLAIN_SECRET=true, and only that, lets them in", () => {
  const allowed = anAzureEnvironment({ ...PLAIN, ALLOW_PLAIN_SECRET: "true" });
  expect(parseSettings(allowed).credential.kind).toBe("secret");
  const nearly = anAzureEnvironment({ ...PLAIN, ALLOW_PLAIN_SECRET: "True" });
  expect(faultySettings(nearly)).toEqual(["ALLOW_PLAIN_SECRET", "CLIENT_SECRET", "SEALING_KEY"]);
});

verifies("settings.plain-secrets", "CLIENT_CREDENTIAL=secret needs the secret", () => {
  expect(faultySettings(anEnvironment({ CLIENT_CREDENTIAL: "secret" }))).toEqual(["CLIENT_SECRET"]);
});

verifies("settings.key-vault", "it is required for key-vault, and in Azure always", () => {
  expect(faultySettings(anEnvironment({ KEY_VAULT_URL: undefined, SEALING_KEY: KEY }))).toEqual([
    "KEY_VAULT_URL",
  ]);
  const identity = { CLIENT_CREDENTIAL: "managed-identity", KEY_VAULT_URL: undefined };
  expect(faultySettings(anEnvironment({ ...identity, SEALING_KEY: KEY }))).toEqual([]);
  expect(faultySettings(anAzureEnvironment(identity))).toContain("KEY_VAULT_URL");
});

verifies("settings.key-vault", "the challenge check is off for a loopback vault only", () => {
  const vaultAt = (url: string) => parseSettings(anEnvironment({ KEY_VAULT_URL: url })).keyVault;
  for (const url of ["https://localhost:8443", "https://127.0.0.1:8443", "https://[::1]:8443"]) {
    expect(vaultAt(url)).toEqual({ url, verifyChallengeResource: false });
  }
  for (const url of ["https://kv.vault.azure.net", "https://localhost.evil.example"]) {
    expect(vaultAt(url)).toEqual({ url, verifyChallengeResource: true });
  }
});

verifies("settings.key-vault", "a loopback vault in Azure is an error", () => {
  const environment = anAzureEnvironment({ KEY_VAULT_URL: "https://localhost:8443" });
  expect(faultySettings(environment)).toEqual(["KEY_VAULT_URL"]);
});

verifies(
  "settings.sealing-key",
  "without a vault it must be given; the signing secret need not",
  () => {
    const environment = anEnvironment({
      CLIENT_CREDENTIAL: "managed-identity",
      KEY_VAULT_URL: undefined,
    });
    expect(faultySettings(environment)).toEqual(["SEALING_KEY"]);
  },
);

verifies("settings.sealing-key", "whsec_ in front is allowed and goes", () => {
  const settings = parseSettings(
    anEnvironment({ SEALING_KEY: `whsec_${KEY}`, WEBHOOK_SIGNING_SECRET: KEY }),
  );
  expect(settings.sealingKey).toEqual({ kind: "plain", base64: KEY });
  expect(settings.signingSecret).toEqual({ kind: "plain", base64: KEY });
});
