// USE CATALOG, USE SCHEMA and SELECT in Unity Catalog: reads what holds (also from above) and adds what is missing.

import { type Cli, reply } from "../cli/call.ts";
import { isFailure } from "../cli/call-failure.ts";
import type { Done } from "../cli/steps.ts";
import { databricks, type Grantee, type Workspace } from "./workspace.ts";

type Privilege = "USE_CATALOG" | "USE_SCHEMA" | "SELECT";

export interface Securable {
  readonly type: "catalog" | "schema" | "table";
  readonly name: string;
  readonly privileges: readonly Privilege[];
}

/** Each securable once, from the catalog downwards. */
export function securablesOf(
  schemas: readonly string[],
  tables: readonly string[],
): readonly Securable[] {
  const inSchemas = [...schemas, ...tables.map((table) => table.slice(0, table.lastIndexOf(".")))];
  const catalogs = new Set(inSchemas.map((schema) => schema.slice(0, schema.indexOf("."))));
  return [
    ...[...catalogs].map((name) => securable("catalog", name, ["USE_CATALOG"])),
    ...[...new Set(inSchemas)].map((name) =>
      securable("schema", name, schemas.includes(name) ? ["USE_SCHEMA", "SELECT"] : ["USE_SCHEMA"]),
    ),
    ...[...new Set(tables)].map((name) => securable("table", name, ["SELECT"])),
  ];
}

function securable(
  type: Securable["type"],
  name: string,
  privileges: readonly Privilege[],
): Securable {
  return { type, name, privileges };
}

interface Assignment {
  readonly principal?: string;
  readonly privileges?: readonly { readonly privilege?: string }[];
}

interface Change {
  readonly principal: string;
  readonly add: readonly Privilege[];
}

export async function ensureDataGrants(
  cli: Cli,
  workspace: Workspace,
  { wanted, grantees }: { wanted: Securable; grantees: readonly Grantee[] },
): Promise<Done<void>> {
  const { type, name, privileges } = wanted;
  const detail = `${privileges.join(", ").replaceAll("_", " ")} on ${type} ${name}`;
  const all = grantees.map(({ principal }) => ({ principal, add: privileges }));
  try {
    const changes = await missingIn(cli, workspace, { wanted, grantees });
    if (changes.length === 0) return { value: undefined, outcome: "unchanged", detail };
    await cli.call(
      databricks(workspace, {
        args: ["grants", "update", type, name],
        body: { changes },
        planned: reply(undefined),
      }),
    );
    return { value: undefined, outcome: "changed", detail };
  } catch (error) {
    if (!isFailure(error, "forbidden")) throw error;
    const todo = `An owner of the data runs in a SQL editor: ${sqlOf(wanted, all)}`;
    return { value: undefined, outcome: "left", detail: `${detail} is not ours to give`, todo };
  }
}

async function missingIn(
  cli: Cli,
  workspace: Workspace,
  { wanted, grantees }: { wanted: Securable; grantees: readonly Grantee[] },
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const { principal } of grantees) {
    const held = heldBy(principal, await effectiveOf(cli, workspace, wanted, principal));
    const add = held.has("ALL_PRIVILEGES")
      ? []
      : wanted.privileges.filter((privilege) => !held.has(privilege));
    if (add.length > 0) changes.push({ principal, add });
  }
  return changes;
}

interface EffectivePage {
  readonly privilege_assignments?: readonly Assignment[];
  readonly next_page_token?: string;
}

/** A page may be empty and still name a next one. */
async function effectiveOf(
  cli: Cli,
  workspace: Workspace,
  { type, name }: Securable,
  principal: string,
): Promise<Assignment[]> {
  const all: Assignment[] = [];
  const args = ["grants", "get-effective", type, name, "--principal", principal];
  const none = reply({ privilege_assignments: [] });
  for (let token: string | undefined = ""; token !== undefined; ) {
    const pageArgs: string[] = token === "" ? [] : ["--page-token", token];
    const call = databricks(workspace, { args: [...args, ...pageArgs], planned: none });
    const page = (await cli.call(call)) as EffectivePage;
    all.push(...(page.privilege_assignments ?? []));
    token = page.next_page_token || undefined;
  }
  return all;
}

function heldBy(principal: string, assignments: readonly Assignment[]): Set<string> {
  const own = assignments.filter(
    (each) => each.principal?.toLowerCase() === principal.toLowerCase(),
  );
  const names = own.flatMap(({ privileges = [] }) =>
    privileges.map((each) => each.privilege ?? ""),
  );
  return new Set(names.map((name) => name.replaceAll(" ", "_")));
}

/** In the words of the gateway's own remedy for `data_forbidden`. */
function sqlOf({ type, name }: Securable, changes: readonly Change[]): string {
  const quoted = name.split(".").map((part) => `\`${part}\``);
  return changes
    .flatMap(({ principal, add }) =>
      add.map(
        (privilege) =>
          `GRANT ${privilege.replaceAll("_", " ")} ON ${type.toUpperCase()} ${quoted.join(".")} TO \`${principal}\``,
      ),
    )
    .join("; ");
}
