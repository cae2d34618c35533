// What the application should look like, as the smallest change of what it looks like. It only adds: what somebody
// else put there stays. Pure but for the ids that `newId` makes.

import type { Application, AppRole, PermissionScope } from "./application.ts";
import { API_APP_ROLE, API_SCOPE, DATABRICKS_APP_ID, DOCS_REDIRECT_PATH } from "./names.ts";

export interface Wanted {
  /** Undefined: not deployed yet, so there is no redirect to register. */
  readonly baseUrl?: string;
  readonly databricksScopeId: string;
}

export type NewId = (what: "scope id" | "role id") => string;

const SCOPE_TEXTS = {
  adminConsentDisplayName: "Ask Databricks Genie as the signed-in user",
  adminConsentDescription: "Lets the app ask Genie with the rights of the signed-in user.",
  userConsentDisplayName: "Ask Databricks Genie as you",
  userConsentDescription: "Lets the app ask Genie with your rights.",
} as const;
const ROLE_TEXTS = {
  displayName: "Ask Databricks Genie as the app",
  description: "Lets an application without a user ask Genie with the gateway's own rights.",
} as const;

type Settable = Pick<
  Application,
  "identifierUris" | "api" | "appRoles" | "spa" | "requiredResourceAccess"
>;
type Changes = { -readonly [Name in keyof Settable]?: Settable[Name] };

/** The body of a PATCH; without members when nothing differs. */
export function changesOf(app: Application, wanted: Wanted, newId: NewId): Changes {
  const changes: Changes = {};
  const uri = `api://${app.appId}`;
  if (!app.identifierUris.includes(uri)) changes.identifierUris = [...app.identifierUris, uri];
  const api = apiChange(app, newId);
  if (api !== undefined) changes.api = api;
  const roles = withRole(app.appRoles, newId);
  if (roles !== undefined) changes.appRoles = roles;
  const redirect = wanted.baseUrl && `${wanted.baseUrl}${DOCS_REDIRECT_PATH}`;
  if (redirect !== undefined && !app.spa.redirectUris.includes(redirect)) {
    changes.spa = { redirectUris: [...app.spa.redirectUris, redirect] };
  }
  const access = withDatabricks(app, wanted.databricksScopeId);
  if (access !== undefined) changes.requiredResourceAccess = access;
  return changes;
}

/** All of `api` when one part of it differs: whether Graph keeps parts that are left out is not promised. */
function apiChange({ api }: Application, newId: NewId): Application["api"] | undefined {
  const scopes = withScope(api.oauth2PermissionScopes, newId);
  if (scopes === undefined && api.requestedAccessTokenVersion === 2) return undefined;
  return {
    ...api,
    requestedAccessTokenVersion: 2,
    oauth2PermissionScopes: scopes ?? api.oauth2PermissionScopes,
  };
}

function withScope(scopes: readonly PermissionScope[], newId: NewId) {
  const found = scopes.find(({ value }) => value === API_SCOPE);
  if (found?.isEnabled === true) return undefined;
  const scope = found ?? { id: newId("scope id"), value: API_SCOPE, type: "User", ...SCOPE_TEXTS };
  return [...scopes.filter((each) => each !== found), { ...scope, isEnabled: true }];
}

function withRole(roles: readonly AppRole[], newId: NewId) {
  const found = roles.find(({ value }) => value === API_APP_ROLE);
  if (found?.isEnabled === true && found.allowedMemberTypes.includes("Application")) {
    return undefined;
  }
  const role = found ?? { id: newId("role id"), value: API_APP_ROLE, ...ROLE_TEXTS };
  const members = [...new Set([...(found?.allowedMemberTypes ?? []), "Application"])];
  return [
    ...roles.filter((each) => each !== found),
    { ...role, allowedMemberTypes: members, isEnabled: true },
  ];
}

function withDatabricks({ requiredResourceAccess: all }: Application, scopeId: string) {
  const found = all.find(({ resourceAppId }) => resourceAppId === DATABRICKS_APP_ID);
  const access = found?.resourceAccess ?? [];
  if (access.some(({ id }) => id === scopeId)) return undefined;
  const wanted = {
    resourceAppId: DATABRICKS_APP_ID,
    resourceAccess: [...access, { id: scopeId, type: "Scope" }],
  };
  return [...all.filter((each) => each !== found), wanted];
}
