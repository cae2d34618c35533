// The grants from start to end: one step after the other, for the service principal and the group of users.

import { type Cli, reply } from "../cli/call.ts";
import { placeholder } from "../cli/placeholders.ts";
import { type Setup, SetupRefused, type SetupRun } from "../cli/run-setup.ts";
import type { Done } from "../cli/steps.ts";
import { ensureDataGrants, securablesOf } from "./data-grants.ts";
import { HELP } from "./help.ts";
import { ensurePermission, SPACE, WAREHOUSE } from "./object-permission.ts";
import { type DatabricksOptions, readDatabricksOptions } from "./options.ts";
import { checkGroup, ensurePrincipal } from "./principals.ts";
import { databricks, type Grantee } from "./workspace.ts";

type Run = SetupRun<DatabricksOptions>;

export const DATABRICKS_SETUP: Setup<DatabricksOptions> = {
  help: HELP,
  readOptions: readDatabricksOptions,
  signIn: ({ workspaceUrl, profile }) =>
    `databricks auth login --host ${workspaceUrl}${profile ? ` --profile ${profile}` : ""}`,
  run: grantAccess,
};

async function grantAccess(run: Run): Promise<readonly string[]> {
  const { cli, options, steps } = run;
  const { clientId, group } = options;
  await steps.take({
    title: "Sign-in",
    why: "Who is signed in to the workspace; the grants are made with that person's rights.",
    run: () => checkSignIn(cli, options),
  });
  await steps.take({
    title: "Service principal in the workspace",
    why: "The gateway as Databricks knows it, for questions as the app.",
    run: () => ensurePrincipal(cli, options, options),
  });
  if (group !== undefined) {
    await steps.take({
      title: "Group of users",
      why: "In user mode each user needs the grants; a group carries them.",
      run: () => checkGroup(cli, options, group),
    });
  }
  const grantees: Grantee[] = [
    { acl: { service_principal_name: clientId }, principal: clientId },
    ...(group === undefined ? [] : [{ acl: { group_name: group }, principal: group }]),
  ];
  await grantObjects(run, grantees);
  await grantData(run, grantees);
  return [
    "",
    "Databricks applies new grants within a minute or so. Try: GET /genie/spaces of the gateway.",
  ];
}

async function checkSignIn(cli: Cli, options: DatabricksOptions): Promise<Done<void>> {
  const userName = placeholder(
    "you",
    "`userName` in the reply: who is signed in to Databricks CLI",
  );
  const me = (await cli.call(
    databricks(options, { args: ["current-user", "me"], planned: reply({ userName }) }),
  )) as { readonly userName: string };
  return {
    value: undefined,
    outcome: "unchanged",
    detail: `signed in to ${options.workspaceUrl} as ${me.userName}`,
  };
}

async function grantObjects({ cli, options, steps }: Run, grantees: readonly Grantee[]) {
  for (const id of options.spaceIds) {
    await steps.take({
      title: `Genie space ${id}`,
      why: "CAN RUN: to ask questions in the space.",
      run: () => ensurePermission(cli, options, { kind: SPACE, id, grantees }),
    });
  }
  const warehouseIds =
    options.warehouseIds.length > 0
      ? options.warehouseIds
      : await steps.take({
          title: "SQL warehouses of the spaces",
          why: "Each space runs its SQL on one warehouse.",
          run: () => findWarehouses(cli, options),
        });
  for (const id of warehouseIds) {
    await steps.take({
      title: `SQL warehouse ${id}`,
      why: "CAN USE: to run the SQL that Genie wrote.",
      run: () => ensurePermission(cli, options, { kind: WAREHOUSE, id, grantees }),
    });
  }
}

async function findWarehouses(cli: Cli, options: DatabricksOptions): Promise<Done<string[]>> {
  const found = new Set<string>();
  for (const id of options.spaceIds) {
    const warehouse_id = placeholder(
      "warehouse id",
      "`warehouse_id` in the reply that reads the space",
    );
    const space = (await cli.call(
      databricks(options, { args: ["genie", "get-space", id], planned: reply({ warehouse_id }) }),
    )) as { readonly warehouse_id?: string };
    if (!space.warehouse_id) {
      throw new SetupRefused(`The space ${id} names no warehouse: give it with --warehouse-id.`);
    }
    found.add(space.warehouse_id);
  }
  return { value: [...found], outcome: "unchanged", detail: [...found].join(", ") };
}

async function grantData({ cli, options, steps }: Run, grantees: readonly Grantee[]) {
  const all = securablesOf(options.schemas, options.tables);
  for (const wanted of all) {
    await steps.take({
      title: `Data: ${wanted.type} ${wanted.name}`,
      why: "Unity Catalog decides for each caller which rows of which tables are read.",
      run: () => ensureDataGrants(cli, options, { wanted, grantees }),
    });
  }
  if (all.length > 0) return;
  await steps.take({
    title: "Data",
    why: "Unity Catalog decides which tables a caller may read.",
    run: async () => ({
      value: undefined,
      outcome: "later",
      detail: "no --schema and no --table: without SELECT, questions end with data_forbidden",
    }),
  });
}
