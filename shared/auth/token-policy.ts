// What this gateway accepts, as plain data for the pure claim checks. Built once from the settings;
// it never changes with a request.

import type { EntraAuthority } from "./entra-authority.ts";

export interface TokenPolicy {
  readonly authority: EntraAuthority;
  /** Accepted `aud` values, compared letter by letter. */
  readonly audiences: ReadonlySet<string>;
  readonly scope: string;
  readonly appRole: string;
  /** Lower-case client ids; null means every client. The API's own client id is always in it. */
  readonly allowedClientIds: ReadonlySet<string> | null;
}

export interface TokenPolicySettings {
  readonly authority: EntraAuthority;
  readonly clientId: string;
  readonly audiences: readonly string[];
  readonly scope: string;
  readonly appRole: string;
  readonly allowedClientIds: readonly string[] | null;
}

/** An empty allow-list is as good as none: it would otherwise lock everybody out by a stray comma. */
export function tokenPolicy(settings: TokenPolicySettings): TokenPolicy {
  const listed = (settings.allowedClientIds ?? []).map((id) => id.toLowerCase());
  return {
    authority: settings.authority,
    audiences: new Set(settings.audiences),
    scope: settings.scope,
    appRole: settings.appRole,
    allowedClientIds:
      listed.length === 0 ? null : new Set([...listed, settings.clientId.toLowerCase()]),
  };
}
