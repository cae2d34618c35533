// Client applications that may ask for the scope without a consent of their own: Azure CLI for a person who tries with
// curl, the connector for single sign-on. A write of its own: Graph refuses to authorise for a scope that the same
// write adds.

import { type Cli, reply } from "../cli/call.ts";
import type { Done } from "../cli/steps.ts";
import type { Application, PreAuthorized } from "./application.ts";
import { graph } from "./graph.ts";
import { API_SCOPE } from "./names.ts";

export interface Callers {
  /** In small letters. */
  readonly clientIds: readonly string[];
  /** `api` of the application as it is now. */
  readonly api: Application["api"];
}

export async function authorizeCallers(
  cli: Cli,
  applicationId: string,
  { clientIds, api }: Callers,
): Promise<Done<void>> {
  const present = api.preAuthorizedApplications;
  const scopeId = api.oauth2PermissionScopes.find(({ value }) => value === API_SCOPE)?.id ?? "";
  const missing = clientIds.filter(
    (clientId) =>
      !present.some(
        ({ appId, delegatedPermissionIds }) =>
          appId.toLowerCase() === clientId && delegatedPermissionIds.includes(scopeId),
      ),
  );
  if (missing.length === 0) {
    const detail = clientIds.length === 0 ? "none asked for" : clientIds.join(", ");
    return { value: undefined, outcome: "unchanged", detail };
  }
  await cli.call(
    graph({
      method: "PATCH",
      path: `/applications/${applicationId}`,
      body: { api: { ...api, preAuthorizedApplications: withCallers(present, missing, scopeId) } },
      planned: reply(undefined),
      mayBeEarly: "object",
    }),
  );
  return { value: undefined, outcome: "changed", detail: `authorised ${missing.join(", ")}` };
}

function withCallers(
  present: readonly PreAuthorized[],
  missing: readonly string[],
  scopeId: string,
): PreAuthorized[] {
  const kept = present.filter(({ appId }) => !missing.includes(appId.toLowerCase()));
  const added = missing.map((appId) => {
    const before = present.find((each) => each.appId.toLowerCase() === appId);
    return { appId, delegatedPermissionIds: [...(before?.delegatedPermissionIds ?? []), scopeId] };
  });
  return [...kept, ...added];
}
