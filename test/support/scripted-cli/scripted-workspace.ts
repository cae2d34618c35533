// A Databricks workspace behind a scripted `databricks`: plain data, changed by the calls. A call that the set-up
// should not make is refused.

import { randomInt } from "node:crypto";
import { failed, option, type ProgramReply, said } from "./reply.ts";

interface Entry {
  service_principal_name?: string;
  group_name?: string;
  all_permissions: { permission_level: string; inherited?: boolean }[];
}
interface Assignment {
  principal: string;
  privileges: { privilege: string; inherited_from_name?: string }[];
}

export interface WorkspaceState {
  isSignedIn: boolean;
  isAdmin: boolean;
  /** `genie <id>`, `warehouses <id>`, `schema <name>` …: not the signed-in person's to give. */
  othersObjects: string[];
  principals: {
    id: string;
    applicationId: string;
    active: boolean;
    entitlements: { value: string }[];
  }[];
  groups: string[];
  /** Lists of grants come in pages, the first of them empty. */
  hasPages: boolean;
  /** Space id → warehouse id. */
  spaces: Record<string, string>;
  permissions: Record<string, Entry[]>;
  grants: Record<string, Assignment[]>;
}

export const SPACE_ID = "01f0c0ffee00c0ffee00c0ffee00c0ff";
export const WAREHOUSE_ID = "abcdef0123456789";

export function newWorkspace(changes: Partial<WorkspaceState> = {}): WorkspaceState {
  return {
    isSignedIn: true,
    isAdmin: true,
    othersObjects: [],
    principals: [],
    groups: ["analysts"],
    hasPages: false,
    spaces: { [SPACE_ID]: WAREHOUSE_ID },
    permissions: {},
    grants: {},
    ...changes,
  };
}

interface Asked {
  readonly args: readonly string[];
  readonly body: Record<string, unknown>;
  /** `genie <id>`, `schema <name>` … */
  readonly object: string;
}
type Handler = (state: WorkspaceState, asked: Asked) => ProgramReply;

const COMMANDS: Readonly<Record<string, Handler>> = {
  "current-user me": () => said({ userName: "admin@example.com" }),
  "service-principals-v2 list": (state, { args }) =>
    said(state.principals.filter(({ applicationId }) => applicationId === quotedIn(args))),
  "service-principals-v2 create": (state, { body }) => {
    if (!state.isAdmin) return NO_ADMIN;
    const given = body as Omit<WorkspaceState["principals"][number], "id">;
    state.principals.push({ id: String(randomInt(1e9)), ...given });
    return said(state.principals.at(-1));
  },
  "service-principals-v2 patch": (state, { args, body }) =>
    state.isAdmin ? allow(state, args[2] ?? "", body) : NO_ADMIN,
  "groups-v2 list": (state, { args }) =>
    said(state.groups.filter((each) => each === quotedIn(args))),
  "genie get-space": ({ spaces }, { args: [, , id = ""] }) =>
    id in spaces
      ? said({ space_id: id, warehouse_id: spaces[id] })
      : failed(`Error: Unable to get space [${id}]. Node with resource name does not exist\n`),
  "permissions get": ({ permissions }, { object }) =>
    said({ access_control_list: permissions[object] ?? [] }),
  "permissions update": addEntries,
  // The first page is empty and names the next, as Unity Catalog may answer.
  "grants get-effective": ({ grants, hasPages }, { args, object }) =>
    hasPages && !args.includes("--page-token")
      ? said({ next_page_token: "page-2" })
      : said({
          privilege_assignments: (grants[object] ?? []).filter(
            ({ principal }) => principal === option(args, "--principal"),
          ),
        }),
  "grants update": addGrants,
};

const NO_ADMIN = failed("Error: Only workspace admins can do this\n");

/** What `databricks` answers to these arguments; changes the workspace. */
export function databricksAnswers(state: WorkspaceState, args: readonly string[]): ProgramReply {
  if (!state.isSignedIn) {
    return failed("Error: default auth: cannot configure default credentials, please check …\n");
  }
  const name = `${args[0]} ${args[1]}`;
  const object = `${args[2]} ${args[3]}`;
  if (state.othersObjects.includes(object) && name !== "grants get-effective") {
    return failed("Error: User does not have MANAGE on this object\n");
  }
  const answer = COMMANDS[name];
  if (answer === undefined) return failed(`Error: unknown command "${name}" for "databricks"\n`);
  return answer(state, { args, object, body: JSON.parse(option(args, "--json") ?? "{}") });
}

/** The value in a filter as `name eq "value"`. */
function quotedIn(args: readonly string[]): string | undefined {
  return /^\w+ eq "([^"]+)"$/.exec(option(args, "--filter") ?? "")?.[1];
}

function allow(state: WorkspaceState, wanted: string, body: Asked["body"]): ProgramReply {
  const found = state.principals.find(({ id }) => id === wanted);
  if (found === undefined) return failed("Error: Service principal does not exist\n");
  const [operation] = body.Operations as { value: { value: string }[] }[];
  found.entitlements.push(...(operation?.value ?? []));
  return said();
}

function addEntries({ permissions }: WorkspaceState, { object, body }: Asked): ProgramReply {
  const added = body.access_control_list as { permission_level: string }[];
  const entries = added.map(({ permission_level, ...who }) => ({
    ...who,
    all_permissions: [{ permission_level }],
  }));
  permissions[object] = [...(permissions[object] ?? []), ...entries];
  return said({ access_control_list: permissions[object] });
}

function addGrants({ grants }: WorkspaceState, { object, body }: Asked): ProgramReply {
  const added = (body.changes as { principal: string; add: string[] }[]).map(
    ({ principal, add }) => ({ principal, privileges: add.map((privilege) => ({ privilege })) }),
  );
  grants[object] = [...(grants[object] ?? []), ...added];
  return said({ privilege_assignments: grants[object] });
}
