// CAN RUN on a Genie space, CAN USE on a SQL warehouse: reads who may what, and adds what is missing. A level that is
// already higher, or comes from above, is enough and stays.

import { type Cli, reply } from "../cli/call.ts";
import { isFailure } from "../cli/call-failure.ts";
import type { Done } from "../cli/steps.ts";
import { databricks, type Grantee, type Workspace } from "./workspace.ts";

interface Kind {
  /** As the permissions API calls it. */
  readonly type: "genie" | "warehouses";
  readonly level: string;
  readonly enough: readonly string[];
  readonly owner: string;
}

export const SPACE: Kind = {
  type: "genie",
  level: "CAN_RUN",
  enough: ["CAN_RUN", "CAN_EDIT", "CAN_MANAGE"],
  owner: "A manager of the Genie space",
};
export const WAREHOUSE: Kind = {
  type: "warehouses",
  level: "CAN_USE",
  // CAN_MONITOR alone was not enough to run queries in a field report (genie-api.md §5).
  enough: ["CAN_USE", "CAN_MANAGE", "IS_OWNER"],
  owner: "A manager of the SQL warehouse",
};

interface Entry {
  readonly service_principal_name?: string;
  readonly group_name?: string;
  readonly all_permissions?: readonly { readonly permission_level: string }[];
}

export async function ensurePermission(
  cli: Cli,
  workspace: Workspace,
  { kind, id, grantees }: { kind: Kind; id: string; grantees: readonly Grantee[] },
): Promise<Done<void>> {
  try {
    const list = (await cli.call(
      databricks(workspace, {
        args: ["permissions", "get", kind.type, id],
        planned: reply({ access_control_list: [] }),
      }),
    )) as { readonly access_control_list?: readonly Entry[] };
    const present = list.access_control_list ?? [];
    const missing = grantees.filter(
      (grantee) => !present.some((entry) => mayAlready(entry, grantee, kind)),
    );
    const detail = `${kind.level} on ${id}`;
    if (missing.length === 0) return { value: undefined, outcome: "unchanged", detail };
    await cli.call(
      databricks(workspace, { ...updateOf(kind, id, missing), planned: reply(undefined) }),
    );
    return { value: undefined, outcome: "changed", detail };
  } catch (error) {
    if (!isFailure(error, "forbidden")) throw error;
    return leftForOwner(kind, id, grantees);
  }
}

function updateOf({ type, level }: Kind, id: string, grantees: readonly Grantee[]) {
  const access_control_list = grantees.map(({ acl }) => ({ ...acl, permission_level: level }));
  return { args: ["permissions", "update", type, id], body: { access_control_list } };
}

function mayAlready(entry: Entry, { acl }: Grantee, { enough }: Kind): boolean {
  const isSame =
    "group_name" in acl
      ? entry.group_name === acl.group_name
      : entry.service_principal_name?.toLowerCase() === acl.service_principal_name;
  const levels = entry.all_permissions ?? [];
  return isSame && levels.some(({ permission_level }) => enough.includes(permission_level));
}

/** The command of the gateway's own remedies, filled in. */
function leftForOwner(kind: Kind, id: string, grantees: readonly Grantee[]): Done<void> {
  const { args, body } = updateOf(kind, id, grantees);
  return {
    value: undefined,
    outcome: "left",
    detail: `${kind.level} on ${id} is not ours to give`,
    todo: `${kind.owner} runs: databricks ${args.join(" ")} --json '${JSON.stringify(body)}'`,
  };
}
