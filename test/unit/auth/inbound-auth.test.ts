// Tokens that are accepted, and who the caller then is.

import { expect } from "vitest";
import {
  asVersion1,
  FORGE_CALLING_CLIENT,
  FORGE_CLIENT_ID,
  FORGE_TENANT,
  FORGE_USER,
} from "../../support/token-forge.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf } from "./failure-of.ts";
import { anInbound, FORGE_TIME_MS } from "./inbound-fixture.ts";

const NOW = FORGE_TIME_MS / 1000;

verifies("auth.issuers", "a v2 user token is the user, with its assertion", async () => {
  const { auth, forge } = await anInbound();
  const token = forge.sign(forge.userClaims());
  for (const accepts of ["user", "either"] as const) {
    await expect(auth.authenticate(`Bearer ${token}`, accepts)).resolves.toEqual({
      kind: "user",
      tenantId: FORGE_TENANT,
      objectId: FORGE_USER,
      clientId: FORGE_CALLING_CLIENT,
      assertion: token,
    });
  }
});

verifies("auth.issuers", "a v1 user token is the same user", async () => {
  const { auth, forge } = await anInbound();
  const token = forge.sign(asVersion1(forge.userClaims()));
  await expect(auth.authenticate(`bearer ${token}`, "user")).resolves.toMatchObject({
    kind: "user",
    objectId: FORGE_USER,
    clientId: FORGE_CALLING_CLIENT,
  });
});

verifies("auth.app-only", "v1 and v2 app-only tokens are the application", async () => {
  const { auth, forge } = await anInbound();
  const claims = forge.appClaims();
  for (const made of [claims, { ...claims, idtyp: "app" }, asVersion1(claims)]) {
    for (const accepts of ["app", "either"] as const) {
      await expect(auth.authenticate(`Bearer ${forge.sign(made)}`, accepts)).resolves.toEqual({
        kind: "app",
        tenantId: FORGE_TENANT,
        clientId: FORGE_CALLING_CLIENT,
      });
    }
  }
});

verifies("auth.caller-kind", "a user who also holds the app role stays the user", async () => {
  const { auth, forge } = await anInbound();
  const token = forge.sign(forge.userClaims({ roles: ["Genie.Ask"], idtyp: "user" }));
  await expect(auth.authenticate(`Bearer ${token}`, "either")).resolves.toMatchObject({
    kind: "user",
  });
});

verifies(
  "auth.issuers",
  "60 s of clock difference are forgiven, and typ at+jwt is fine",
  async () => {
    const { auth, forge } = await anInbound();
    for (const claims of [
      { exp: NOW - 59 },
      { nbf: NOW + 60, iat: NOW + 60 },
      { nbf: undefined },
      { exp: NOW + 28 * 3600 },
    ]) {
      const token = forge.sign(forge.userClaims(claims), { header: { typ: "at+jwt" } });
      await expect(auth.authenticate(`Bearer ${token}`, "user")).resolves.toBeDefined();
    }
  },
);

verifies("auth.no-token", "no header, another scheme or none is invalid_token", async () => {
  const { auth, forge, keyRequests } = await anInbound();
  const token = forge.sign(forge.userClaims());
  const headers = [
    null,
    "",
    " ",
    "Bearer",
    "Bearer ",
    token,
    `Basic ${token}`,
    `DPoP ${token}`,
    `Bearer  ${token}`,
    `Bearer:${token}`,
    `Bearer ${token} `,
    `Bearer ${token}, Bearer ${token}`,
    `Basic abc, Bearer ${token}`,
  ];
  for (const header of headers) {
    const failure = await failureOf(auth.authenticate(header, "either"));
    expect(failure.code, `header ${header?.slice(0, 12)}`).toBe("invalid_token");
    expect(failure.remedy).toContain("Bearer");
  }
  expect(keyRequests(), "form is checked before anything is fetched").toBe(0);
});

verifies(
  "auth.allowed-clients",
  "a listed client passes, any other is client_not_allowed",
  async () => {
    const listed = await anInbound({ allowedClientIds: [FORGE_CALLING_CLIENT.toUpperCase()] });
    const token = listed.forge.sign(listed.forge.userClaims());
    await expect(listed.auth.authenticate(`Bearer ${token}`, "user")).resolves.toBeDefined();
    const other = await anInbound({ allowedClientIds: ["00000000-0000-4000-8000-00000000000f"] });
    for (const claims of [other.forge.userClaims(), other.forge.appClaims()]) {
      const refused = other.auth.authenticate(`Bearer ${other.forge.sign(claims)}`, "either");
      expect((await failureOf(refused)).code).toBe("client_not_allowed");
    }
  },
);

verifies("auth.allowed-clients", "the API's own client id is always allowed", async () => {
  const { auth, forge } = await anInbound({ allowedClientIds: ["someone-else"] });
  const token = forge.sign(forge.userClaims({ azp: FORGE_CLIENT_ID }));
  await expect(auth.authenticate(`Bearer ${token}`, "user")).resolves.toBeDefined();
});

verifies("auth.allowed-clients", "an empty list allows every client", async () => {
  const { auth, forge } = await anInbound({ allowedClientIds: [] });
  const token = forge.sign(forge.userClaims());
  await expect(auth.authenticate(`Bearer ${token}`, "user")).resolves.toBeDefined();
});
