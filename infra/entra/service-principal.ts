// Service principals: how an application is present in a tenant. Ours is made; that of Azure Databricks is there in
// most tenants, and an admin can add it where it is not.

import { type Call, type Cli, NOTHING_THERE, reply } from "../cli/call.ts";
import { isFailure } from "../cli/call-failure.ts";
import { placeholder } from "../cli/placeholders.ts";
import type { Done } from "../cli/steps.ts";
import { graph } from "./graph.ts";
import { DATABRICKS_APP_ID, DATABRICKS_SCOPE, DATABRICKS_SCOPE_ID } from "./names.ts";

interface Principal {
  readonly id: string;
  readonly oauth2PermissionScopes?: readonly { readonly id: string; readonly value: string }[];
}

const readCall = (appId: string): Call =>
  graph({
    method: "GET",
    path: `/servicePrincipals(appId='${appId}')?$select=id,appId,oauth2PermissionScopes`,
    planned: NOTHING_THERE,
  });

async function findPrincipal(cli: Cli, appId: string): Promise<Principal | undefined> {
  try {
    return (await cli.call(readCall(appId))) as Principal;
  } catch (error) {
    if (isFailure(error, "not-found")) return undefined;
    throw error;
  }
}

async function createPrincipal(cli: Cli, appId: string, planned: Principal): Promise<Principal> {
  const call = graph({
    method: "POST",
    path: "/servicePrincipals",
    body: { appId },
    when: "when there is none",
    planned: reply(planned),
    mayBeEarly: "object",
  });
  return (await cli.call(call)) as Principal;
}

/** The object id of the gateway's own service principal. */
export async function ensureOwnPrincipal(cli: Cli, clientId: string): Promise<Done<string>> {
  const found = await findPrincipal(cli, clientId);
  if (found !== undefined) return { value: found.id, outcome: "unchanged", detail: "it is there" };
  const id = placeholder(
    "gateway principal id",
    "`id` in the reply of the call that makes it (or reads it, where it is there)",
  );
  const made = await createPrincipal(cli, clientId, { id });
  return { value: made.id, outcome: "changed", detail: "made" };
}

export interface DatabricksPrincipal {
  /** Undefined: not in this tenant, and the signed-in person may not add it. */
  readonly id?: string;
  readonly scopeId: string;
}

export async function ensureDatabricksPrincipal(cli: Cli): Promise<Done<DatabricksPrincipal>> {
  const found = await findPrincipal(cli, DATABRICKS_APP_ID);
  if (found !== undefined) {
    return { value: databricksOf(found), outcome: "unchanged", detail: "it is there" };
  }
  const planned = {
    id: placeholder(
      "Databricks principal id",
      "`id` in the reply of the call that makes it (or reads it, where it is there)",
    ),
    oauth2PermissionScopes: [{ id: DATABRICKS_SCOPE_ID, value: DATABRICKS_SCOPE }],
  };
  try {
    const made = await createPrincipal(cli, DATABRICKS_APP_ID, planned);
    return { value: databricksOf(made), outcome: "changed", detail: "added to this tenant" };
  } catch (error) {
    if (!isFailure(error, "forbidden")) throw error;
    const todo = `An Application Administrator adds Azure Databricks to the tenant: az ad sp create --id ${DATABRICKS_APP_ID}. Then run this again.`;
    const value = { scopeId: DATABRICKS_SCOPE_ID };
    return { value, outcome: "left", detail: "it is missing, and only an admin may add it", todo };
  }
}

function databricksOf({ id, oauth2PermissionScopes = [] }: Principal): DatabricksPrincipal {
  const scope = oauth2PermissionScopes.find(({ value }) => value === DATABRICKS_SCOPE);
  return { id, scopeId: scope?.id ?? DATABRICKS_SCOPE_ID };
}
