// The application object in Entra: found by its unique name (or by the client id that was given), made when there is
// none. The unique name is Graph's own key, so two runs at once, or one that was cut off, never make two.

import { type Call, type Cli, NOTHING_THERE, reply } from "../cli/call.ts";
import { isFailure } from "../cli/call-failure.ts";
import { placeholder } from "../cli/placeholders.ts";
import { SetupRefused } from "../cli/run-setup.ts";
import type { Done } from "../cli/steps.ts";
import { type GraphCall, graph } from "./graph.ts";
import { type KnownSecret, refuseOther } from "./secret-owner.ts";

export interface PermissionScope {
  readonly id: string;
  readonly value: string;
  readonly isEnabled: boolean;
}
export interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly string[];
}
export interface PreAuthorized {
  readonly appId: string;
  readonly delegatedPermissionIds: readonly string[];
}
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly endDateTime: string;
}

/** What the set-up reads of an application; it leaves everything else alone. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly identifierUris: readonly string[];
  readonly api: {
    readonly requestedAccessTokenVersion: number | null;
    readonly oauth2PermissionScopes: readonly PermissionScope[];
    readonly preAuthorizedApplications: readonly PreAuthorized[];
  };
  readonly appRoles: readonly AppRole[];
  readonly spa: { readonly redirectUris: readonly string[] };
  readonly requiredResourceAccess: readonly {
    readonly resourceAppId: string;
    readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
  }[];
  readonly passwordCredentials: readonly PasswordCredential[];
}

const PROPERTIES =
  "id,appId,identifierUris,api,appRoles,spa,requiredResourceAccess,passwordCredentials";

export interface Named {
  readonly name: string;
  /** Given: that application, whatever it is called, and none is made. */
  readonly clientId?: string;
  /** In the vault at hand: that of another application stops the run. */
  readonly secret?: KnownSecret;
}

export async function ensureApplication(cli: Cli, named: Named): Promise<Done<Application>> {
  const { name, clientId } = named;
  const path = `/applications(${clientId ? `appId='${clientId}'` : `uniqueName='${name}'`})`;
  const found = await findApplication(cli, path, named);
  if (found !== undefined || clientId === undefined) refuseOther(named.secret, found?.appId);
  if (found !== undefined) {
    return { value: found, outcome: "unchanged", detail: `client id ${found.appId}` };
  }
  if (clientId !== undefined) {
    throw new SetupRefused("There is no application with the --client-id given in this tenant.");
  }
  await cli.call(
    graph({
      method: "PATCH",
      path,
      headers: ["Prefer=create-if-missing"],
      body: { displayName: name, signInAudience: "AzureADMyOrg" },
      when: "when there is none",
      planned: reply(undefined),
    }),
  );
  const planned = reply(newApplication());
  const again = readCall(path, { planned, when: "to know its ids", mayBeEarly: "object" });
  const made = applicationOf(await cli.call(again));
  return { value: made, outcome: "changed", detail: `registered, client id ${made.appId}` };
}

async function findApplication(cli: Cli, path: string, { clientId }: Named) {
  const planned = clientId ? reply({ ...newApplication(), appId: clientId }) : NOTHING_THERE;
  try {
    return applicationOf(await cli.call(readCall(path, { planned })));
  } catch (error) {
    if (isFailure(error, "not-found")) return undefined;
    throw error;
  }
}

function readCall(path: string, rest: Pick<GraphCall, "planned" | "when" | "mayBeEarly">): Call {
  return graph({ method: "GET", path: `${path}?$select=${PROPERTIES}`, ...rest });
}

function newApplication() {
  return {
    id: placeholder("application object id", "`id` in the reply that reads the application"),
    appId: placeholder(
      "client id",
      "`appId` in the reply that reads the application; CLIENT_ID of the gateway",
    ),
  };
}

/** Graph leaves out what is not set, or says null. */
function applicationOf(found: unknown): Application {
  const { api, spa, ...rest } = found as Partial<Application> & Pick<Application, "id" | "appId">;
  return {
    ...rest,
    identifierUris: rest.identifierUris ?? [],
    api: {
      ...api,
      requestedAccessTokenVersion: api?.requestedAccessTokenVersion ?? null,
      oauth2PermissionScopes: api?.oauth2PermissionScopes ?? [],
      preAuthorizedApplications: api?.preAuthorizedApplications ?? [],
    },
    appRoles: rest.appRoles ?? [],
    spa: { ...spa, redirectUris: spa?.redirectUris ?? [] },
    requiredResourceAccess: rest.requiredResourceAccess ?? [],
    passwordCredentials: rest.passwordCredentials ?? [],
  };
}
