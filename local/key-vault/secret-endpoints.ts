// The secrets API of Key Vault as the client library calls it: get latest or by version, list versions, set.
// It knows nothing about who calls; that is checked before.

import { randomUUID } from "node:crypto";
import type { LoopbackReply, LoopbackRequest } from "../loopback-server.ts";
import type { SecretStore, SecretVersion } from "./secret-store.ts";

/** The vault's error envelope. */
export function vaultError(status: number, code: string, message: string): LoopbackReply {
  return {
    status,
    headers: { "x-ms-request-id": randomUUID() },
    body: { error: { code, message } },
  };
}

/** Everything about a version but its value: what lists show. */
const properties = (vaultUrl: string, name: string, secret: SecretVersion) => ({
  id: `${vaultUrl}/secrets/${name}/${secret.version}`,
  ...(secret.contentType === undefined ? {} : { contentType: secret.contentType }),
  attributes: {
    enabled: secret.enabled,
    created: secret.created,
    updated: secret.created,
    ...(secret.exp === undefined ? {} : { exp: secret.exp }),
    recoveryLevel: "Recoverable",
    recoverableDays: 7,
  },
  tags: {},
});

const ok = (body: unknown): LoopbackReply => ({
  status: 200,
  headers: { "x-ms-request-id": randomUUID(), "cache-control": "no-cache" },
  body,
});

interface Call {
  readonly store: SecretStore;
  readonly vaultUrl: string;
  readonly name: string;
  readonly request: LoopbackRequest;
}

function getSecret({ store, vaultUrl, name }: Call, version: string | undefined): LoopbackReply {
  const secret = store.get(name, version);
  if (!secret) {
    return vaultError(
      404,
      "SecretNotFound",
      `A secret with (name/id) ${name} was not found in this key vault.`,
    );
  }
  // An expired secret is still handed out: `exp` only informs.
  if (!secret.enabled)
    return vaultError(403, "Forbidden", "Operation get is not allowed on a disabled secret.");
  return ok({ value: secret.value, ...properties(vaultUrl, name, secret) });
}

/** Pages of at most 25, with a link to the next one. */
function listVersions({ store, vaultUrl, name, request }: Call): LoopbackReply {
  const query = request.url.searchParams;
  const size = Math.min(25, Math.max(1, Number(query.get("maxresults") ?? 25) || 25));
  const start = Number(query.get("$skiptoken") ?? 0) || 0;
  const all = store.versions(name);
  const next = new URL(request.url.href);
  next.searchParams.set("$skiptoken", String(start + size));
  return ok({
    value: all.slice(start, start + size).map((secret) => properties(vaultUrl, name, secret)),
    nextLink: start + size < all.length ? `${vaultUrl}${next.pathname}${next.search}` : null,
  });
}

interface SetSecretBody {
  readonly value: string;
  readonly contentType?: string;
  readonly attributes?: { readonly exp?: number; readonly enabled?: boolean };
}

function parseSetSecret(text: string): SetSecretBody | undefined {
  try {
    const body: SetSecretBody = JSON.parse(text);
    return typeof body?.value === "string" ? body : undefined;
  } catch {
    return undefined;
  }
}

function setSecret({ store, vaultUrl, name, request }: Call): LoopbackReply {
  const body = parseSetSecret(request.text);
  if (!body)
    return vaultError(400, "BadParameter", "The request body or its property value is missing.");
  const { exp, enabled = true } = body.attributes ?? {};
  const secret = store.put(name, body.value, {
    enabled,
    ...(body.contentType === undefined ? {} : { contentType: body.contentType }),
    ...(exp === undefined ? {} : { expiresOn: new Date(exp * 1000) }),
  });
  return ok({ value: secret.value, ...properties(vaultUrl, name, secret) });
}

/** Answers an authorised request. The query arrives percent-encoded (`api%2Dversion`): parsed, never matched. */
export function answerSecretRequest(
  store: SecretStore,
  vaultUrl: string,
  request: LoopbackRequest,
): LoopbackReply {
  const [, kind, name, version, ...more] = request.url.pathname.split("/");
  if (kind !== "secrets" || !name || more.length > 0)
    return vaultError(404, "NotFound", "Not found.");
  if (!request.url.searchParams.get("api-version")) {
    return vaultError(400, "BadParameter", "api-version must be specified.");
  }
  if (!/^[0-9A-Za-z-]{1,127}$/.test(name)) {
    return vaultError(400, "BadParameter", "The request URI contains an invalid name.");
  }
  const call = { store, vaultUrl, name, request };
  if (request.method === "PUT" && !version) return setSecret(call);
  if (request.method !== "GET") return vaultError(405, "MethodNotAllowed", "Method not allowed.");
  return version === "versions" ? listVersions(call) : getSecret(call, version);
}
