// Who calls the token endpoint: a client with a secret, with a federated assertion, or a single-page client
// without either. Checks for real; an unknown secret never passes.

import { errors } from "jose";
import { EntraRefusal } from "./refusals.ts";
import type { SimulatedApp } from "./registration.ts";
import { TOKEN_EXCHANGE_AUDIENCE } from "./resources.ts";
import type { Tenant } from "./tenant.ts";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** The value of a form field. @throws EntraRefusal 900144 when it is missing */
export function requireField(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new EntraRefusal("field_missing");
  return value;
}

/** The application with this client id. @throws EntraRefusal 900144, 700016 */
function findClient(tenant: Tenant, form: URLSearchParams): SimulatedApp {
  const client = tenant.directory.app(requireField(form, "client_id"));
  if (!client) throw new EntraRefusal("client_unknown");
  return client;
}

/** A managed identity's token in place of the secret (workload identity federation). */
async function checkFederatedAssertion(tenant: Tenant, client: SimulatedApp, assertion: string) {
  const claims = await tenant.keys.verify(assertion, tenant.clock.now()).catch((error: unknown) => {
    const expired = error instanceof errors.JWTExpired;
    throw new EntraRefusal(expired ? "client_assertion_expired" : "client_assertion_bad", {
      cause: error,
    });
  });
  const known =
    claims.iss === tenant.issuer &&
    claims.aud === TOKEN_EXCHANGE_AUDIENCE &&
    client.federatedSubjects?.includes(String(claims.sub));
  if (!known) throw new EntraRefusal("client_assertion_unmatched");
}

/**
 * The confidential client behind this request.
 * @throws EntraRefusal 700016, 7000215, 7000218, 7000222, 700024, 700027, 700213
 */
export async function authenticateClient(
  tenant: Tenant,
  form: URLSearchParams,
): Promise<SimulatedApp> {
  const client = findClient(tenant, form);
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    if (form.get("client_assertion_type") !== JWT_BEARER) throw new EntraRefusal("field_missing");
    await checkFederatedAssertion(tenant, client, assertion);
    return client;
  }
  const secret = form.get("client_secret");
  if (!secret) throw new EntraRefusal("secret_missing");
  const state = tenant.directory.checkSecret(client.clientId, secret);
  if (state === "unknown") throw new EntraRefusal("secret_wrong");
  if (state === "expired") throw new EntraRefusal("secret_expired");
  return client;
}

/**
 * A single-page client: no secret, and an `Origin` of one of its redirect URIs, as browsers send it.
 * @throws EntraRefusal 700016, 700025, 9002326, 9002327
 */
export function identifyPublicClient(
  tenant: Tenant,
  form: URLSearchParams,
  origin: string | undefined,
): SimulatedApp {
  const client = findClient(tenant, form);
  if (form.has("client_secret") || form.has("client_assertion")) {
    throw new EntraRefusal("secret_of_public_client");
  }
  if (origin === undefined) throw new EntraRefusal("origin_missing");
  const origins = tenant.directory.redirectUris(client.clientId).map((uri) => new URL(uri).origin);
  if (!origins.includes(origin)) throw new EntraRefusal("origin_foreign");
  return client;
}
