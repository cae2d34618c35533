// The sign-in of a single-page client (code + PKCE) against the simulated tenant, as a browser would do it.

import { createHash, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { DATABRICKS_RESOURCE_ID } from "../../../local/entra/resources.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import {
  ANALYST,
  GATEWAY_API,
  NO_SPACE,
  SIGN_IN_CLIENT,
  SIMULATED_APPS,
  SIMULATED_USERS,
} from "../../../local/users.ts";
import { type Clock, systemClock } from "../../../shared/telemetry/clock.ts";

const [REDIRECT_URI = ""] = SIGN_IN_CLIENT.redirectUris ?? [];
const ORIGIN = new URL(REDIRECT_URI).origin;
const SCOPE = `openid profile offline_access api://${GATEWAY_API.clientId}/access_as_user`;
/** Another single-page client at the same origin: only the client id tells the two apart. */
const OTHER_CLIENT = { ...SIGN_IN_CLIENT, clientId: "c0000000-0000-4000-8000-000000000005" };
let services: IdentityServices;
let elapsedMs = 0;
const clock: Clock = { ...systemClock, now: () => Date.now() + elapsedMs };

beforeAll(async () => {
  const tls = await createCertificates();
  trustCertificate(tls.caPem);
  services = await startIdentityServices({ tls, clock, apps: [...SIMULATED_APPS, OTHER_CLIENT] });
});
afterEach(() => {
  elapsedMs = 0;
});
afterAll(() => services.close());

type Fields = Record<string, string>;
const verifier = randomBytes(32).toString("base64url");

/** Authorization parameters; an empty value takes one away. */
function aRequest(overrides: Fields = {}): URLSearchParams {
  const fields: Fields = {
    client_id: SIGN_IN_CLIENT.clientId,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    state: "a state & more",
    nonce: "a-nonce",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...overrides,
  };
  return new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ""));
}

const authorizeUrl = () => `${services.entra.authority}/oauth2/v2.0/authorize`;
const openPage = (overrides?: Fields) =>
  fetch(`${authorizeUrl()}?${aRequest(overrides)}`, { redirect: "manual" });
const pickUser = (overrides: Fields = {}) =>
  fetch(authorizeUrl(), {
    method: "POST",
    redirect: "manual",
    body: aRequest({ sign_in_as: ANALYST.objectId, ...overrides }),
  });
const landing = (reply: Response) =>
  new URL(reply.headers.get("location") ?? "about:blank").searchParams;
const aCode = async (overrides?: Fields) => landing(await pickUser(overrides)).get("code") ?? "";

const redeem = (form: Fields, origin: string | null = ORIGIN) =>
  fetch(`${services.entra.authority}/oauth2/v2.0/token`, {
    method: "POST",
    headers: origin === null ? {} : { origin },
    body: new URLSearchParams({ client_id: SIGN_IN_CLIENT.clientId, ...form }),
  });
const redeemCode = (code: string, overrides: Fields = {}, origin?: string | null) =>
  redeem(
    {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
      ...overrides,
    },
    origin,
  );
const errorCode = async (reply: Response) => {
  const body: { error_codes?: number[] } = JSON.parse(await reply.text());
  return body.error_codes?.[0];
};

describe("the page", () => {
  test("lists the users and lets nothing run", async () => {
    const reply = await openPage({ state: '"><script>alert(1)</script>' });
    const html = await reply.text();
    for (const { userName } of SIMULATED_USERS) expect(html).toContain(userName);
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
    const policy = reply.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`form-action 'self' ${ORIGIN};`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test("a link cannot pick the user", async () => {
    expect((await openPage({ sign_in_as: ANALYST.objectId })).status).toBe(200);
  });

  test.each([
    ["a foreign redirect URI", { redirect_uri: "https://attacker.example/" }, "AADSTS50011"],
    ["a redirect URI below a registered one", { redirect_uri: `${REDIRECT_URI}/x` }, "AADSTS50011"],
    ["no redirect URI", { redirect_uri: "" }, "AADSTS50011"],
    ["an unknown client", { client_id: "nobody" }, "AADSTS700016"],
  ])("%s is shown, never redirected to", async (_name, overrides, code) => {
    for (const reply of [await openPage(overrides), await pickUser(overrides)]) {
      expect(reply.status).toBe(400);
      expect(reply.headers.get("location")).toBeNull();
      expect(await reply.text()).toContain(code);
    }
  });

  test.each([
    ["no challenge", { code_challenge: "" }, "invalid_request", "AADSTS9002325"],
    ["the plain method", { code_challenge_method: "plain" }, "invalid_request", "AADSTS501491"],
    ["a short challenge", { code_challenge: "abc" }, "invalid_request", "AADSTS501491"],
    ["the implicit flow", { response_type: "token" }, "unsupported_response_type", "AADSTS70005"],
    ["an unknown API", { scope: "api://nowhere/x" }, "invalid_resource", "AADSTS500011"],
    [
      "an unknown scope",
      { scope: `api://${GATEWAY_API.clientId}/admin` },
      "invalid_resource",
      "AADSTS65005",
    ],
    [
      "two resources",
      { scope: `${SCOPE} ${DATABRICKS_RESOURCE_ID}/user_impersonation` },
      "invalid_scope",
      "AADSTS28000",
    ],
    ["a silent sign-in", { prompt: "none" }, "login_required", "AADSTS50058"],
  ])(
    "%s goes back to the client as an error with its state",
    async (_name, overrides, error, code) => {
      const answer = landing(await openPage(overrides));
      expect(answer.get("error")).toBe(error);
      expect(answer.get("error_description")).toContain(code);
      expect(answer.get("state")).toBe("a state & more");
    },
  );

  test("cancelling and refused users go back as errors", async () => {
    expect(landing(await pickUser({ cancel: "1" })).get("error")).toBe("access_denied");
    services.entra.setCondition(NO_SPACE.objectId, "blocked");
    const answer = landing(await pickUser({ sign_in_as: NO_SPACE.objectId }));
    services.entra.setCondition(NO_SPACE.objectId, undefined);
    expect(answer.get("error")).toBe("interaction_required");
    expect(answer.get("code")).toBeNull();
  });
});

describe("the code", () => {
  test("becomes tokens of the picked user, once", async () => {
    const answer = landing(await pickUser());
    expect(answer.get("state")).toBe("a state & more");
    const code = answer.get("code") ?? "";
    const reply = await redeemCode(code);
    expect(reply.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    const tokens = JSON.parse(await reply.text());
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: GATEWAY_API.clientId,
      azp: SIGN_IN_CLIENT.clientId,
      oid: ANALYST.objectId,
      scp: "access_as_user",
    });
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      aud: SIGN_IN_CLIENT.clientId,
      nonce: "a-nonce",
    });
    expect(await errorCode(await redeemCode(code))).toBe(54005);
  });

  test("comes in the fragment when asked for there", async () => {
    const reply = await pickUser({ response_mode: "fragment" });
    const { search, hash } = new URL(reply.headers.get("location") ?? "");
    expect(search).toBe("");
    expect(new URLSearchParams(hash.slice(1)).get("code")).toBeTruthy();
  });

  test.each([
    ["a wrong verifier", { code_verifier: randomBytes(32).toString("base64url") }, 501481],
    ["no verifier", { code_verifier: "" }, 501481],
    ["another redirect URI", { redirect_uri: "https://attacker.example/" }, 500112],
    ["a confidential client", { client_id: GATEWAY_API.clientId }, 9002326],
    ["another client of the same origin", { client_id: OTHER_CLIENT.clientId }, 70000],
    ["a secret", { client_secret: "x" }, 700025],
  ])("is refused with %s", async (_name, overrides, code) => {
    expect(await errorCode(await redeemCode(await aCode(), overrides))).toBe(code);
  });

  test("expires after ten minutes", async () => {
    const code = await aCode();
    elapsedMs = 10 * 60_000;
    expect(await errorCode(await redeemCode(code))).toBe(70008);
  });

  test("is spent by a failed try", async () => {
    const code = await aCode();
    await redeemCode(code, { code_verifier: "wrong" });
    expect(await errorCode(await redeemCode(code))).toBe(54005);
  });

  test("is refused when made up, or without the page's origin", async () => {
    expect(await errorCode(await redeemCode("0.madeup"))).toBe(9002313);
    expect(await errorCode(await redeemCode(await aCode(), {}, null))).toBe(9002327);
    const foreign = await redeemCode(await aCode(), {}, "https://attacker.example");
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    expect(await errorCode(foreign)).toBe(9002326);
  });

  test("after the claims challenge carries the second factor on", async () => {
    services.entra.setCondition(NO_SPACE.objectId, "needs-mfa");
    const claims = '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}';
    const code = await aCode({ sign_in_as: NO_SPACE.objectId, claims });
    services.entra.setCondition(NO_SPACE.objectId, undefined);
    const tokens = JSON.parse(await (await redeemCode(code)).text());
    expect(decodeJwt(tokens.access_token).amr).toContain("mfa");
  });
});

describe("the refresh token", () => {
  const refresh = (refresh_token: string, overrides: Fields = {}, origin?: string | null) =>
    redeem({ grant_type: "refresh_token", refresh_token, scope: SCOPE, ...overrides }, origin);
  const aRefreshToken = async () =>
    String(JSON.parse(await (await redeemCode(await aCode())).text()).refresh_token);

  test("gives new tokens of the same user", async () => {
    const tokens = JSON.parse(await (await refresh(await aRefreshToken())).text());
    expect(decodeJwt(tokens.access_token).oid).toBe(ANALYST.objectId);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  test("belongs to its client and expires after a day", async () => {
    const token = await aRefreshToken();
    const other = await refresh(token, { client_id: OTHER_CLIENT.clientId });
    expect(await errorCode(other)).toBe(70000);
    elapsedMs = 24 * 3_600_000;
    expect(await errorCode(await refresh(token))).toBe(70008);
  });

  test("is refused when made up, without origin, and once revoked", async () => {
    const token = await aRefreshToken();
    expect(await errorCode(await refresh("0.madeup"))).toBe(9002313);
    expect(await errorCode(await refresh(token, {}, null))).toBe(9002327);
    services.entra.setCondition(ANALYST.objectId, "revoked");
    const revoked = await errorCode(await refresh(token));
    services.entra.setCondition(ANALYST.objectId, undefined);
    expect(revoked).toBe(50173);
  });
});
