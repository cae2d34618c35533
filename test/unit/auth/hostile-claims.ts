// Hostile tokens by their claims: each is signed with the published key, so that nothing but the claim checks can
// refuse it.

import {
  asVersion1,
  type Claims,
  FORGE_AUTHORITY,
  FORGE_CLIENT_ID,
  FORGE_TENANT,
  FORGE_USER,
} from "../../support/token-forge.ts";
import type { HostileToken } from "./hostile-token.ts";
import { FORGE_TIME_MS } from "./inbound-fixture.ts";

const NOW = FORGE_TIME_MS / 1000;
const OTHER_TENANT = "99999999-2222-4333-8444-555555555555";

const user = (name: string, overrides: Claims, rest: Partial<HostileToken> = {}): HostileToken => ({
  name,
  make: (forge) => forge.sign(forge.userClaims(overrides)),
  ...rest,
});
const userV1 = (name: string, overrides: Claims): HostileToken => ({
  name,
  make: (forge) => forge.sign({ ...asVersion1(forge.userClaims()), ...overrides }),
});
const app = (name: string, overrides: Claims, rest: Partial<HostileToken> = {}): HostileToken => ({
  name,
  make: (forge) => forge.sign(forge.appClaims(overrides)),
  ...rest,
});

const TIME: readonly HostileToken[] = [
  user("expired 61 s ago", { exp: NOW - 61 }),
  user("expired exactly at the tolerance", { exp: NOW - 60 }),
  user("no exp", { exp: undefined }),
  user("exp as string", { exp: String(NOW + 3600) }),
  user("exp null", { exp: null }),
  user("exp 0", { exp: 0 }),
  user("exp negative", { exp: -1 }),
  user("exp in milliseconds", { exp: (NOW + 3600) * 1000 }),
  user("exp in the year 2100", { exp: Date.UTC(2100, 0) / 1000 }),
  {
    name: "exp infinite",
    make: (forge) =>
      forge.sign(JSON.stringify(forge.userClaims()).replace(/"exp":\d+/, '"exp":1e999')),
  },
  user("nbf in the future", { nbf: NOW + 61 }),
  user("nbf as string", { nbf: String(NOW - 60) }),
  user("nbf null", { nbf: null }),
  user("no iat", { iat: undefined }),
  user("iat as string", { iat: String(NOW) }),
  user("iat in the future", { iat: NOW + 120, nbf: NOW - 60 }),
];

const AUDIENCE: readonly HostileToken[] = [
  user("aud missing", { aud: undefined }),
  user("aud empty", { aud: "" }),
  user("aud for Databricks", { aud: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d" }),
  user("aud for Graph", { aud: "https://graph.microsoft.com" }),
  user("aud for Graph by id", { aud: "00000003-0000-0000-c000-000000000000" }),
  user("aud array with ours alone", { aud: [FORGE_CLIENT_ID] }),
  user("aud array with ours and another", {
    aud: [FORGE_CLIENT_ID, "https://graph.microsoft.com"],
  }),
  user("aud in upper case", { aud: FORGE_CLIENT_ID.toUpperCase() }),
  user("aud with a slash at the end", { aud: `api://${FORGE_CLIENT_ID}/` }),
  user("aud with our id as prefix", { aud: `${FORGE_CLIENT_ID}.attacker.example` }),
  user("aud with a space", { aud: ` ${FORGE_CLIENT_ID}` }),
  user("aud with another scheme", { aud: `https://${FORGE_CLIENT_ID}` }),
  user("aud as object", { aud: { 0: FORGE_CLIENT_ID } }),
];

const ORIGIN: readonly HostileToken[] = [
  user("iss missing", { iss: undefined }),
  user("iss of another tenant", { iss: `${FORGE_AUTHORITY}/${OTHER_TENANT}/v2.0` }),
  user("iss and tid of another tenant", {
    iss: `${FORGE_AUTHORITY}/${OTHER_TENANT}/v2.0`,
    tid: OTHER_TENANT,
  }),
  user("iss of the common endpoint", { iss: `${FORGE_AUTHORITY}/common/v2.0` }),
  user("iss over http", { iss: `http://login.example.com/${FORGE_TENANT}/v2.0` }),
  user("iss with a slash at the end", { iss: `${FORGE_AUTHORITY}/${FORGE_TENANT}/v2.0/` }),
  user("iss with a suffix", { iss: `${FORGE_AUTHORITY}/${FORGE_TENANT}/v2.0.attacker.example` }),
  user("iss with our issuer in its path", {
    iss: `https://attacker.example/${FORGE_AUTHORITY}/${FORGE_TENANT}/v2.0`,
  }),
  user("iss with user information", {
    iss: `https://login.example.com@attacker.example/${FORGE_TENANT}/v2.0`,
  }),
  user("iss in other case", { iss: `https://LOGIN.example.com/${FORGE_TENANT}/v2.0` }),
  user("iss as array", { iss: [`${FORGE_AUTHORITY}/${FORGE_TENANT}/v2.0`] }),
  userV1("v1 iss without the slash", { iss: `https://sts.windows.net/${FORGE_TENANT}` }),
  userV1("v1 iss of another tenant", { iss: `https://sts.windows.net/${OTHER_TENANT}/` }),
  user("tid missing", { tid: undefined }),
  user("tid of another tenant", { tid: OTHER_TENANT }),
  user("tid in upper case of letters elsewhere", { tid: `${FORGE_TENANT} ` }),
  user("tid as array", { tid: [FORGE_TENANT] }),
  user("ver 1.0 with the v2 issuer", { ver: "1.0" }),
  userV1("ver 2.0 with the v1 issuer", { ver: "2.0" }),
  user("ver missing", { ver: undefined }),
  user("ver as number", { ver: 2 }),
  user("ver 3.0", { ver: "3.0" }),
  {
    name: "aud twice, the last one foreign",
    make: (forge) =>
      forge.sign(
        JSON.stringify(forge.userClaims()).replace(/}$/, ',"aud":"https://graph.microsoft.com"}'),
      ),
  },
  {
    name: "exp twice, the last one past",
    make: (forge) =>
      forge.sign(JSON.stringify(forge.userClaims()).replace(/}$/, `,"exp":${NOW - 3600}}`)),
  },
  {
    name: "claims hidden in __proto__",
    make: (forge) =>
      forge.sign(
        JSON.stringify(forge.userClaims({ aud: undefined })).replace(
          /}$/,
          `,"__proto__":{"aud":"${FORGE_CLIENT_ID}"}}`,
        ),
      ),
  },
];

const IDENTITY: readonly HostileToken[] = [
  user("oid missing", { oid: undefined }),
  user("oid empty", { oid: "" }),
  user("oid as number", { oid: 7 }),
  user("oid as array", { oid: [FORGE_USER] }),
  user("oid that splits an owner key", { oid: `${FORGE_TENANT}:${FORGE_USER}` }),
  user("oid with a null byte", { oid: `${FORGE_USER}\u0000` }),
  user("oid with a slash", { oid: "a/b" }),
  user("oid of 5,000 characters", { oid: "a".repeat(5_000) }),
  user("no client", { azp: undefined }, { accepts: "user" }),
  user("client as array", { azp: ["x"] }, { accepts: "user" }),
  user("azp and appid contradict each other", { appid: FORGE_USER }, { accepts: "user" }),
];

const FORBIDDEN = { code: "insufficient_scope" } as const;
const AS_USER = { accepts: "user", ...FORBIDDEN } as const;

const KIND: readonly HostileToken[] = [
  user("scp missing", { scp: undefined }, FORBIDDEN),
  user("scp empty", { scp: "" }, AS_USER),
  user("scp with another scope", { scp: "openid profile" }, AS_USER),
  user("scp with ours as prefix", { scp: "access_as_user_x" }, AS_USER),
  user("scp with ours as suffix", { scp: "x_access_as_user" }, AS_USER),
  user("scp in other case", { scp: "Access_As_User" }, AS_USER),
  user("scp joined by comma", { scp: "openid,access_as_user" }, AS_USER),
  user("scp joined by tab", { scp: "openid\taccess_as_user" }, AS_USER),
  user("scp with a null byte", { scp: "access_as_user\u0000" }, AS_USER),
  user("scp with a homoglyph", { scp: "аccess_as_user" }, AS_USER),
  user("scp with the full URI", { scp: `api://${FORGE_CLIENT_ID}/access_as_user` }, AS_USER),
  user("scp as array", { scp: ["access_as_user"] }, FORBIDDEN),
  user("scp null", { scp: null }, FORBIDDEN),
  user("scp as object", { scp: { access_as_user: true } }, FORBIDDEN),
  user("scope instead of scp", { scp: undefined, scope: "access_as_user" }, FORBIDDEN),
  user("scope with idtyp app", { idtyp: "app" }, FORBIDDEN),
  user("scope with an unknown idtyp", { idtyp: "device" }, FORBIDDEN),
  user("scope in roles only", { scp: undefined, roles: ["access_as_user"] }, FORBIDDEN),
  user("id token", { scp: undefined, azp: undefined, nonce: "n" }, FORBIDDEN),
  user(
    "id token with the app role",
    { scp: undefined, azp: undefined, roles: ["Genie.Ask"] },
    FORBIDDEN,
  ),
  app("app-only on a user endpoint", {}, { accepts: "user", code: "user_token_required" }),
  app(
    "app-only by idtyp on a user endpoint",
    { idtyp: "app" },
    { accepts: "user", code: "user_token_required" },
  ),
  app(
    "app-only without the role on a user endpoint",
    { roles: undefined },
    { accepts: "user", code: "user_token_required" },
  ),
  user("user on an app endpoint", {}, { accepts: "app", code: "app_token_required" }),
  user(
    "user with the app role on an app endpoint",
    { roles: ["Genie.Ask"] },
    { accepts: "app", code: "app_token_required" },
  ),
  app("no role", { roles: undefined }, { accepts: "app", ...FORBIDDEN }),
  app("another role", { roles: ["Genie.Admin"] }, { accepts: "app", ...FORBIDDEN }),
  app("role in other case", { roles: ["genie.ask"] }, { accepts: "app", ...FORBIDDEN }),
  app("roles as string", { roles: "Genie.Ask" }, { accepts: "app", ...FORBIDDEN }),
  app("roles as object", { roles: { includes: true } }, { accepts: "app", ...FORBIDDEN }),
  app("roles nested", { roles: [["Genie.Ask"]] }, { accepts: "app", ...FORBIDDEN }),
  app("sub is not oid", { sub: FORGE_USER }, FORBIDDEN),
  app("sub missing", { sub: undefined }, FORBIDDEN),
  app("idtyp user without scp", { idtyp: "user" }, FORBIDDEN),
  app("idtyp in other case", { idtyp: "App" }, FORBIDDEN),
  app("idtyp as array", { idtyp: ["app"] }, FORBIDDEN),
  app("no azp or appid", { azp: undefined }, FORBIDDEN),
  app("role and an empty scp", { scp: "" }, { accepts: "either", ...FORBIDDEN }),
];

export const HOSTILE_CLAIMS: readonly HostileToken[] = [
  ...TIME,
  ...AUDIENCE,
  ...ORIGIN,
  ...IDENTITY,
  ...KIND,
];
