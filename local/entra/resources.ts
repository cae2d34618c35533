// The resources that tokens are issued for: Microsoft's own ones that the gateway meets, and the APIs
// registered in the directory. It reads `scope`; it never grants anything.

import type { Directory } from "./directory.ts";
import { EntraRefusal } from "./refusals.ts";
import type { SimulatedApp } from "./registration.ts";

export const DATABRICKS_RESOURCE_ID = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
export const VAULT_RESOURCE = "https://vault.azure.net";
export const STORAGE_RESOURCE = "https://storage.azure.com";
const TOKEN_EXCHANGE_RESOURCE = "api://AzureADTokenExchange";
/** `aud` of tokens for the resource above: the application id behind it. */
export const TOKEN_EXCHANGE_AUDIENCE = "fb60f99c-7a34-4190-8149-302f77469936";

export interface Resource {
  /** `aud` of its tokens. */
  readonly audience: string;
  readonly tokenVersion: 1 | 2;
  readonly scopes: readonly string[];
  /** The registered application, unless it is one of Microsoft's. */
  readonly app?: SimulatedApp;
}

const PLATFORM_RESOURCES: Readonly<Record<string, Resource>> = {
  [DATABRICKS_RESOURCE_ID]: {
    audience: DATABRICKS_RESOURCE_ID,
    tokenVersion: 1,
    scopes: ["user_impersonation"],
  },
  [VAULT_RESOURCE]: { audience: VAULT_RESOURCE, tokenVersion: 1, scopes: ["user_impersonation"] },
  [STORAGE_RESOURCE]: {
    audience: STORAGE_RESOURCE,
    tokenVersion: 1,
    scopes: ["user_impersonation"],
  },
  [TOKEN_EXCHANGE_RESOURCE]: { audience: TOKEN_EXCHANGE_AUDIENCE, tokenVersion: 2, scopes: [] },
  "https://graph.microsoft.com": {
    audience: "https://graph.microsoft.com",
    tokenVersion: 1,
    scopes: ["User.Read"],
  },
};

/** The resource with this identifier (client id, App ID URI or URL). @throws EntraRefusal 500011 */
export function findResource(directory: Directory, identifier: string): Resource {
  const name = identifier.replace(/\/$/, "");
  const platform = Object.hasOwn(PLATFORM_RESOURCES, name) ? PLATFORM_RESOURCES[name] : undefined;
  if (platform) return platform;
  const app = directory.api(name);
  if (!app?.api) throw new EntraRefusal("resource_unknown");
  const { appIdUri, accessTokenVersion, scopes } = app.api;
  // v2 tokens carry the client id, v1 tokens the App ID URI (Microsoft: access token claims reference).
  return {
    audience: accessTokenVersion === 2 ? app.clientId : appIdUri,
    tokenVersion: accessTokenVersion,
    scopes,
    app,
  };
}

const OIDC_SCOPES = new Set(["openid", "profile", "offline_access", "email"]);

export interface RequestedScope {
  readonly resource: Resource;
  /** How the request named the resource. */
  readonly identifier: string;
  /** The resource scopes as they are echoed in `scope` of the reply. */
  readonly text: string;
  /** Scope names for `scp`. */
  readonly names: readonly string[];
  /** `.default` was asked for, the only form that app-only tokens have. */
  readonly isDefault: boolean;
  /** OpenID scopes that came along. */
  readonly oidc: ReadonlySet<string>;
}

/** Reads `scope` of a request: scopes of one resource, plus OpenID scopes. @throws EntraRefusal */
export function readScope(directory: Directory, scope: string | null): RequestedScope {
  const words = (scope ?? "").split(" ").filter((word) => word !== "");
  const oidc = new Set(words.filter((word) => OIDC_SCOPES.has(word)));
  const own = words.filter((word) => !OIDC_SCOPES.has(word));
  const [first] = own;
  if (first === undefined) throw new EntraRefusal("scope_missing");
  const prefix = first.slice(0, first.lastIndexOf("/"));
  const resource = findResource(directory, prefix);
  const asked = own.map((word) => {
    if (!word.startsWith(`${prefix}/`)) throw new EntraRefusal("scope_of_two_resources");
    return word.slice(prefix.length + 1);
  });
  const isDefault = asked.includes(".default");
  if (!isDefault && !asked.every((name) => resource.scopes.includes(name))) {
    throw new EntraRefusal("scope_unknown");
  }
  const names = isDefault ? resource.scopes : asked;
  return { resource, identifier: prefix, text: own.join(" "), names, isDefault, oidc };
}
