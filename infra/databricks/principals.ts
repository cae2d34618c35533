// The gateway's service principal in the workspace, allowed to use SQL; and the group of its users, which must be
// there already: groups come from the identity provider and are not made here.

import { type Cli, reply } from "../cli/call.ts";
import { isFailure } from "../cli/call-failure.ts";
import { placeholder } from "../cli/placeholders.ts";
import { SetupRefused } from "../cli/run-setup.ts";
import type { Done } from "../cli/steps.ts";
import { databricks, type Workspace } from "./workspace.ts";

interface Principal {
  readonly id: string;
  readonly active?: boolean;
  readonly entitlements?: readonly { readonly value: string }[];
}

const SQL_ACCESS = "databricks-sql-access";

export interface OwnPrincipal {
  readonly clientId: string;
  readonly name: string;
}

export async function ensurePrincipal(
  cli: Cli,
  workspace: Workspace,
  { clientId, name }: OwnPrincipal,
): Promise<Done<void>> {
  const filter = `applicationId eq "${clientId}"`;
  const [found] = (await cli.call(
    databricks(workspace, {
      args: ["service-principals-v2", "list", "--filter", filter],
      planned: reply([]),
    }),
  )) as readonly Principal[];
  if (found?.active === false) {
    throw new SetupRefused(
      "The gateway's service principal was deactivated in this workspace. A workspace admin activates it again, or gives the gateway another application.",
    );
  }
  try {
    return found === undefined
      ? await create(cli, workspace, { clientId, name })
      : await allowSql(cli, workspace, found);
  } catch (error) {
    if (!isFailure(error, "forbidden")) throw error;
    return leftForAdmin(workspace, clientId);
  }
}

async function create(
  cli: Cli,
  workspace: Workspace,
  { clientId, name }: OwnPrincipal,
): Promise<Done<void>> {
  await cli.call(
    databricks(workspace, {
      args: ["service-principals-v2", "create"],
      body: {
        applicationId: clientId,
        displayName: name,
        active: true,
        entitlements: [{ value: SQL_ACCESS }],
      },
      when: "when it is not there",
      planned: reply({ id: placeholder("principal id", "`id` in the reply") }),
    }),
  );
  return { value: undefined, outcome: "changed", detail: "added, with Databricks SQL access" };
}

async function allowSql(cli: Cli, workspace: Workspace, found: Principal): Promise<Done<void>> {
  if (found.entitlements?.some(({ value }) => value === SQL_ACCESS)) {
    return { value: undefined, outcome: "unchanged", detail: "it is there, with SQL access" };
  }
  const operation = { op: "add", path: "entitlements", value: [{ value: SQL_ACCESS }] };
  await cli.call(
    databricks(workspace, {
      args: ["service-principals-v2", "patch", found.id],
      body: {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [operation],
      },
      planned: reply(undefined),
    }),
  );
  return { value: undefined, outcome: "changed", detail: "given Databricks SQL access" };
}

/** The words of the gateway's own remedy for `workspace_access_missing`. */
function leftForAdmin({ workspaceUrl }: Workspace, clientId: string): Done<void> {
  const workspaceId = /^https:\/\/adb-(\d+)\./.exec(workspaceUrl)?.[1] ?? "<workspace-id>";
  const find = `databricks account service-principals list --filter 'applicationId eq "${clientId}"'`;
  const assign = `databricks account workspace-assignment update ${workspaceId} <principal-id> --json '{"permissions":["USER"]}'`;
  return {
    value: undefined,
    outcome: "left",
    detail: "only an admin may add it or allow it SQL",
    todo: `An account admin adds the service principal with application id ${clientId} to the account, finds its id (${find}) and assigns it to the workspace: ${assign}; a workspace admin grants the entitlement "Databricks SQL access".`,
  };
}

export async function checkGroup(
  cli: Cli,
  workspace: Workspace,
  group: string,
): Promise<Done<void>> {
  const found = (await cli.call(
    databricks(workspace, {
      args: ["groups-v2", "list", "--filter", `displayName eq "${group}"`],
      planned: reply([{ displayName: group }]),
    }),
  )) as readonly unknown[];
  if (found.length === 0) {
    throw new SetupRefused("There is no group of the name given with --group in this workspace.");
  }
  return { value: undefined, outcome: "unchanged", detail: `${group} is there` };
}
