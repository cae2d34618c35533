// A tenant, and its one vault, behind a scripted `az`: plain data, changed by the calls as Graph and Key Vault change theirs.
// A call that the set-up should not make is refused, so nothing passes by being ignored.

import { randomBytes, randomUUID } from "node:crypto";
import { denied, failed, graphFailed, notFound, option, type ProgramReply, said } from "./reply.ts";
import { type VaultState, vaultAnswers } from "./scripted-vault.ts";

type Json = Record<string, unknown>;
export interface TenantApplication extends Json {
  id: string;
  appId: string;
  uniqueName: string;
  identifierUris: string[];
  api: {
    requestedAccessTokenVersion: number | null;
    oauth2PermissionScopes: { id: string; value: string }[];
    preAuthorizedApplications: { appId: string; delegatedPermissionIds: string[] }[];
  };
  spa: { redirectUris: string[] };
  passwordCredentials: { keyId: string; displayName: string; endDateTime: string }[];
}
export interface TenantState extends VaultState {
  /** Null: nobody is signed in. */
  signedIn: string | null;
  mayConsent: boolean;
  mayAddPrincipals: boolean;
  /** So many calls on an application's object id say "not there" after it was made. */
  lag: number;
  applications: TenantApplication[];
  principals: {
    id: string;
    appId: string;
    oauth2PermissionScopes: { id: string; value: string }[];
  }[];
  grants: {
    id: string;
    clientId: string;
    consentType: string;
    resourceId: string;
    scope: string;
  }[];
  federated: { id: string; name: string; issuer: string; subject: string; audiences: string[] }[];
}

export const TENANT = "11111111-2222-4333-8444-555555555555";
export const DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

export function newTenant(changes: Partial<TenantState> = {}): TenantState {
  const scope = { id: "739272be-e143-11e8-9f32-f2801f1b9fd1", value: "user_impersonation" };
  return {
    signedIn: TENANT,
    mayConsent: true,
    mayAddPrincipals: true,
    mayWriteSecrets: true,
    lag: 0,
    roleLag: 0,
    applications: [],
    principals: [{ id: randomUUID(), appId: DATABRICKS, oauth2PermissionScopes: [scope] }],
    grants: [],
    federated: [],
    secrets: {},
    deletedSecrets: [],
    lostAnswer: null,
    ...changes,
  };
}

/** What `az` answers to these arguments; changes the tenant. */
export function azAnswers(
  tenant: TenantState,
  args: readonly string[],
  input: string,
): ProgramReply {
  if (tenant.signedIn === null) return failed("ERROR: Please run 'az login' to setup account.\n");
  const [group, command] = args;
  if (group === "account" && command === "show") return said({ tenantId: tenant.signedIn });
  if (group === "keyvault") return vaultAnswers(tenant, args, input);
  if (group !== "rest") return failed(`ERROR: '${group}' is misspelled or not recognized\n`, 2);
  const method = option(args, "--method");
  const url = option(args, "--url") ?? "";
  const isWrite = method !== "GET";
  if (isWrite !== (option(args, "--body") === "@-")) return failed("ERROR: body\n", 2);
  const path = url.replace("https://graph.microsoft.com/v1.0", "");
  if (path === url) return failed(`ERROR: not Graph: ${url}\n`, 2);
  const prefers = args.includes("Prefer=create-if-missing");
  return graphAnswers(tenant, `${method} ${path}`, isWrite ? JSON.parse(input) : {}, prefers);
}

type Handler = (tenant: TenantState, key: string, body: Json, prefers: boolean) => ProgramReply;

const ROUTES: readonly (readonly [RegExp, Handler])[] = [
  [/^GET \/applications\((.+)\)\?\$select=/, readApplication],
  [/^PATCH \/applications\((uniqueName='.+')\)$/, upsertApplication],
  [/^PATCH \/applications\/([0-9a-f-]{36})$/, patchApplication],
  [/^POST \/applications\/([0-9a-f-]{36})\/addPassword$/, addPassword],
  [/^POST \/applications\/([0-9a-f-]{36})\/removePassword$/, removePassword],
  [/^GET \/applications\/([0-9a-f-]{36})\/federatedIdentityCredentials$/, listFederated],
  [/^POST \/applications\/([0-9a-f-]{36})\/federatedIdentityCredentials$/, addFederated],
  [/^PATCH \/applications\/[0-9a-f-]{36}\/federatedIdentityCredentials\/(.+)$/, patchFederated],
  [/^GET \/servicePrincipals\(appId='(.+)'\)\?\$select=/, readPrincipal],
  [/^POST (\/servicePrincipals)$/, addPrincipal],
  [/^GET \/oauth2PermissionGrants\?\$filter=(.+)$/, listGrants],
  [/^POST (\/oauth2PermissionGrants)$/, addGrant],
  [/^PATCH \/oauth2PermissionGrants\/(.+)$/, patchGrant],
];

function graphAnswers(tenant: TenantState, request: string, body: Json, prefers: boolean) {
  for (const [form, handler] of ROUTES) {
    const key = form.exec(request)?.[1];
    if (key === undefined) continue;
    const isOnObject = /^\w+ \/applications\//.test(request);
    if (isOnObject && tenant.lag > 0) {
      tenant.lag -= 1;
      return notFound(key);
    }
    return handler(tenant, key, body, prefers);
  }
  return failed(`ERROR: Bad Request(no route for ${request})\n`);
}

function byKey(tenant: TenantState, key: string) {
  const [, name, value] = /^(appId|uniqueName)='(.+)'$/.exec(key) ?? [];
  return tenant.applications.find((app) => app[name ?? "id"] === (value ?? key));
}

function readApplication(tenant: TenantState, key: string): ProgramReply {
  const app = byKey(tenant, key);
  return app === undefined ? notFound(key) : said(app);
}

function upsertApplication(
  tenant: TenantState,
  key: string,
  body: Json,
  prefers: boolean,
): ProgramReply {
  if (byKey(tenant, key) !== undefined || !prefers) return notFound(key);
  const app = {
    ...body,
    uniqueName: /'(.+)'/.exec(key)?.[1] ?? "",
    id: randomUUID(),
    appId: randomUUID(),
    identifierUris: [],
    api: {
      requestedAccessTokenVersion: null,
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    },
    spa: { redirectUris: [] },
    passwordCredentials: [],
  };
  tenant.applications.push(app);
  return said(app);
}

function patchApplication(tenant: TenantState, key: string, body: Json): ProgramReply {
  const app = byKey(tenant, key);
  if (app === undefined) return notFound(key);
  const api = body.api as TenantApplication["api"] | undefined;
  const known = new Set(app.api.oauth2PermissionScopes.map(({ id }) => id));
  const asked = api?.preAuthorizedApplications.flatMap((each) => each.delegatedPermissionIds) ?? [];
  if (asked.some((id) => !known.has(id))) {
    return graphFailed("Bad Request", "InvalidValue", "references a scope that is not there yet");
  }
  Object.assign(app, body);
  return said();
}

function addPassword(tenant: TenantState, key: string, body: Json): ProgramReply {
  const app = byKey(tenant, key);
  if (app === undefined) return notFound(key);
  const credential = { keyId: randomUUID(), ...(body.passwordCredential as Json) };
  app.passwordCredentials.push(credential as TenantApplication["passwordCredentials"][number]);
  return said({ ...credential, secretText: `fake-secret-${randomBytes(20).toString("hex")}` });
}

function removePassword(tenant: TenantState, key: string, body: Json): ProgramReply {
  const app = byKey(tenant, key);
  const at = app?.passwordCredentials.findIndex(({ keyId }) => keyId === body.keyId) ?? -1;
  if (app === undefined || at === -1) return notFound(key);
  app.passwordCredentials.splice(at, 1);
  return said();
}

function listFederated(tenant: TenantState): ProgramReply {
  return said({ value: tenant.federated });
}

function addFederated(tenant: TenantState, _key: string, body: Json): ProgramReply {
  tenant.federated.push({ id: randomUUID(), ...body } as TenantState["federated"][number]);
  return said(body);
}

function patchFederated(tenant: TenantState, key: string, body: Json): ProgramReply {
  const found = tenant.federated.find(({ id }) => id === key);
  if (found === undefined) return notFound(key);
  Object.assign(found, body);
  return said();
}

function readPrincipal(tenant: TenantState, key: string): ProgramReply {
  const found = tenant.principals.find(({ appId }) => appId === key);
  return found === undefined ? notFound(key) : said(found);
}

function addPrincipal(tenant: TenantState, _key: string, { appId }: Json): ProgramReply {
  const isOurs = tenant.applications.some((app) => app.appId === appId);
  if (!isOurs && !tenant.mayAddPrincipals) return denied();
  const principal = { id: randomUUID(), appId: String(appId), oauth2PermissionScopes: [] };
  tenant.principals.push(principal);
  return said(principal);
}

function listGrants(tenant: TenantState, filter: string): ProgramReply {
  const [, clientId, resourceId] =
    /clientId eq '(.+)' and resourceId eq '(.+)'/.exec(decodeURIComponent(filter)) ?? [];
  return said({
    value: tenant.grants.filter((g) => g.clientId === clientId && g.resourceId === resourceId),
  });
}

function addGrant(tenant: TenantState, _key: string, body: Json): ProgramReply {
  if (!tenant.mayConsent) return denied();
  tenant.grants.push({ id: randomUUID(), ...body } as TenantState["grants"][number]);
  return said(body);
}

function patchGrant(tenant: TenantState, key: string, body: Json): ProgramReply {
  if (!tenant.mayConsent) return denied();
  const found = tenant.grants.find(({ id }) => id === key);
  if (found === undefined) return notFound(key);
  Object.assign(found, body);
  return said();
}
