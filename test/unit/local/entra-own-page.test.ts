// A client that has both a secret and a single-page redirect URI, as the gateway's own with its page /docs: the page
// signs users in without the secret, from its own origin alone, and the secret still does its work elsewhere.

import { createHash, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { DATABRICKS_RESOURCE_ID } from "../../../local/entra/resources.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import { ANALYST, GATEWAY_API, SIGN_IN_CLIENT } from "../../../local/users.ts";
import { verifies } from "../../support/verifies.ts";

const PAGE = "http://127.0.0.1:7099";
const REDIRECT_URI = `${PAGE}/docs/oauth2-redirect`;
const verifier = randomBytes(32).toString("base64url");
let services: IdentityServices;
let secret: string;

beforeAll(async () => {
  const tls = await createCertificates();
  trustCertificate(tls.caPem);
  services = await startIdentityServices({ tls });
  secret = services.entra.addSecret(GATEWAY_API.clientId);
  services.entra.addRedirectUri(GATEWAY_API.clientId, REDIRECT_URI);
});
afterAll(() => services.close());

const endpoint = (name: string) => `${services.entra.authority}/oauth2/v2.0/${name}`;

/** The analyst signs in and is sent back with this code. */
async function aCode(): Promise<string> {
  const reply = await fetch(endpoint("authorize"), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      client_id: GATEWAY_API.clientId,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: `${GATEWAY_API.clientId}/access_as_user`,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      sign_in_as: ANALYST.objectId,
    }),
  });
  return new URL(reply.headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
}

async function redeem(origin: string | null, more: Record<string, string> = {}) {
  const reply = await fetch(endpoint("token"), {
    method: "POST",
    headers: origin === null ? {} : { origin },
    body: new URLSearchParams({
      client_id: GATEWAY_API.clientId,
      grant_type: "authorization_code",
      code: await aCode(),
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
      ...more,
    }),
  });
  const body: { access_token?: string; error_codes?: number[] } = JSON.parse(await reply.text());
  return { body, readableBy: reply.headers.get("access-control-allow-origin") };
}

verifies(
  "local.own-page-sign-in",
  "the page gets a token of the user to the API itself",
  async () => {
    const { body, readableBy } = await redeem(PAGE);
    expect(readableBy).toBe(PAGE);
    expect(decodeJwt(body.access_token ?? "")).toMatchObject({
      aud: GATEWAY_API.clientId,
      azp: GATEWAY_API.clientId,
      azpacr: "0", // no secret was shown
      oid: ANALYST.objectId,
      scp: "access_as_user",
    });
  },
);

const [foreignPage = ""] = SIGN_IN_CLIENT.redirectUris ?? [];
const refused: [how: string, origin: string | null, withSecret: boolean, code: number][] = [
  ["with the secret", PAGE, true, 700025],
  ["without the page's origin", null, false, 9002327],
  ["from another port", "http://127.0.0.1:7098", false, 9002326],
  ["from the page of another client", new URL(foreignPage).origin, false, 9002326],
];
for (const [how, origin, withSecret, code] of refused) {
  verifies("local.own-page-sign-in", `a code is not redeemed ${how}`, async () => {
    const { body } = await redeem(origin, withSecret ? { client_secret: secret } : {});
    expect(body.error_codes).toEqual([code]);
  });
}

verifies("local.own-page-sign-in", "only pages that are registered may read tokens", async () => {
  const allowed = async (origin: string) => {
    const reply = await fetch(endpoint("token"), { method: "OPTIONS", headers: { origin } });
    return reply.headers.get("access-control-allow-origin");
  };
  expect(await allowed(PAGE)).toBe(PAGE);
  expect(await allowed("http://127.0.0.1:7098")).toBeNull();
});

test("the secret still gets a token of the app's own", async () => {
  const reply = await fetch(endpoint("token"), {
    method: "POST",
    body: new URLSearchParams({
      client_id: GATEWAY_API.clientId,
      client_secret: secret,
      grant_type: "client_credentials",
      scope: `${DATABRICKS_RESOURCE_ID}/.default`,
    }),
  });
  expect(reply.status).toBe(200);
});
