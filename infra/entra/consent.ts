// Consent of the organisation to "Azure Databricks, user_impersonation", so that no user is asked. Only an admin may
// give it: anybody else is told what to ask the admin for.

import { type Cli, reply } from "../cli/call.ts";
import { isFailure } from "../cli/call-failure.ts";
import type { Done } from "../cli/steps.ts";
import { graph } from "./graph.ts";
import { DATABRICKS_APP_ID, DATABRICKS_SCOPE } from "./names.ts";

export interface Consent {
  readonly tenantId: string;
  readonly clientId: string;
  /** Object ids of the two service principals; without that of Databricks there is nothing to consent to. */
  readonly principalId: string;
  readonly databricksId?: string;
}

interface Grant {
  readonly id: string;
  readonly consentType: string;
  readonly scope: string | null;
}

export async function ensureConsent(cli: Cli, consent: Consent): Promise<Done<void>> {
  const { databricksId } = consent;
  if (databricksId === undefined) return leftForAdmin(consent);
  try {
    return await grantConsent(cli, { ...consent, databricksId });
  } catch (error) {
    if (!isFailure(error, "forbidden")) throw error;
    return leftForAdmin(consent);
  }
}

async function grantConsent(
  cli: Cli,
  { principalId, databricksId }: Consent & { readonly databricksId: string },
): Promise<Done<void>> {
  const filter = `clientId%20eq%20'${principalId}'%20and%20resourceId%20eq%20'${databricksId}'`;
  const path = `/oauth2PermissionGrants?$filter=${filter}`;
  const list = await cli.call(
    graph({ method: "GET", path, planned: reply({ value: [] }), mayBeEarly: "object" }),
  );
  const { value: grants } = list as { readonly value: readonly Grant[] };
  const grant = grants.find(({ consentType }) => consentType === "AllPrincipals");
  const scopes = (grant?.scope ?? "").split(" ").filter((scope) => scope !== "");
  if (scopes.includes(DATABRICKS_SCOPE)) {
    return { value: undefined, outcome: "unchanged", detail: "given for everybody" };
  }
  const scope = [...scopes, DATABRICKS_SCOPE].join(" ");
  const everybody = { clientId: principalId, consentType: "AllPrincipals" };
  const body = grant === undefined ? { ...everybody, resourceId: databricksId, scope } : { scope };
  await cli.call(
    graph({
      method: grant === undefined ? "POST" : "PATCH",
      path: `/oauth2PermissionGrants${grant === undefined ? "" : `/${grant.id}`}`,
      body,
      planned: reply(undefined),
      mayBeEarly: "object",
    }),
  );
  return { value: undefined, outcome: "changed", detail: "given for everybody" };
}

function leftForAdmin({ tenantId, clientId }: Consent): Done<void> {
  const command = `az ad app permission grant --id ${clientId} --api ${DATABRICKS_APP_ID} --scope ${DATABRICKS_SCOPE}`;
  const address = `https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=${clientId}`;
  return {
    value: undefined,
    outcome: "left",
    detail: "only an admin may consent for everybody",
    todo: `A Cloud Application Administrator consents: ${command} (or in a browser: ${address}).`,
  };
}
