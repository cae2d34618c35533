// The grants script against a scripted workspace: what it gives, that it only adds, and what it leaves to others.

import { describe, expect, test } from "vitest";
import { reply } from "../../../infra/cli/call.ts";
import { WrongOptions } from "../../../infra/cli/option-rules.ts";
import { readDatabricksOptions } from "../../../infra/databricks/options.ts";
import { databricks } from "../../../infra/databricks/workspace.ts";
import * as remedies from "../../../shared/databricks/grant-failures.ts";
import { setUpDatabricks } from "../../support/scripted-cli/in-process.ts";
import {
  newWorkspace,
  SPACE_ID,
  WAREHOUSE_ID,
} from "../../support/scripted-cli/scripted-workspace.ts";
import { verifies } from "../../support/verifies.ts";

const CLIENT = "33333333-2222-4333-8444-555555555555";
const NEEDED = [
  ...["--workspace-url", "https://adb-1234567890123456.7.azuredatabricks.net"],
  ...["--client-id", CLIENT, "--space-id", SPACE_ID],
];
const ALL = [...NEEDED, "--group", "analysts", "--schema", "main.sales"];
const CHANGES = ["create", "patch", "update"];

const changesIn = (calls: readonly { readonly args: readonly string[] }[]) =>
  calls.filter(({ args }) => CHANGES.includes(args[1] ?? ""));

describe("grants", () => {
  verifies("infra.databricks-grants", "principal and group get what a question needs", async () => {
    const workspace = newWorkspace();
    expect((await setUpDatabricks(workspace, ALL)).code).toBe(0);
    expect(workspace.principals).toMatchObject([
      { applicationId: CLIENT, entitlements: [{ value: "databricks-sql-access" }] },
    ]);
    const both = (level: string) => [
      { service_principal_name: CLIENT, all_permissions: [{ permission_level: level }] },
      { group_name: "analysts", all_permissions: [{ permission_level: level }] },
    ];
    expect(workspace.permissions).toEqual({
      [`genie ${SPACE_ID}`]: both("CAN_RUN"),
      [`warehouses ${WAREHOUSE_ID}`]: both("CAN_USE"),
    });
    const privileges = Object.entries(workspace.grants).map(([object, all]) => [
      object,
      all.map((each) => [each.principal, ...each.privileges.map(({ privilege }) => privilege)]),
    ]);
    expect(Object.fromEntries(privileges)).toEqual({
      "catalog main": [
        [CLIENT, "USE_CATALOG"],
        ["analysts", "USE_CATALOG"],
      ],
      "schema main.sales": [
        [CLIENT, "USE_SCHEMA", "SELECT"],
        ["analysts", "USE_SCHEMA", "SELECT"],
      ],
    });
  });

  verifies("infra.databricks-grants", "a profile signs in and changes no address", () => {
    const workspace = { workspaceUrl: "https://adb-1.2.azuredatabricks.net", profile: "prod" };
    const me = { args: ["current-user", "me"], planned: reply({}) };
    const { args, environment } = databricks(workspace, me);
    expect(args).not.toContain("--profile"); // its host would win over the one given
    expect(environment).toEqual({
      DATABRICKS_HOST: workspace.workspaceUrl,
      DATABRICKS_CONFIG_PROFILE: "prod",
    });
  });

  verifies("infra.databricks-grants", "a table alone opens no other table", async () => {
    const workspace = newWorkspace();
    await setUpDatabricks(workspace, [...NEEDED, "--table", "main.sales.orders"]);
    const added = Object.entries(workspace.grants).map(([object, [first]]) => [
      object,
      first?.privileges.map(({ privilege }) => privilege).join(),
    ]);
    expect(added).toEqual([
      ["catalog main", "USE_CATALOG"],
      ["schema main.sales", "USE_SCHEMA"],
      ["table main.sales.orders", "SELECT"],
    ]);
  });

  verifies("infra.databricks-grants", "nothing changes the second time", async () => {
    const workspace = newWorkspace();
    await setUpDatabricks(workspace, ALL);
    const before = structuredClone(workspace);
    const second = await setUpDatabricks(workspace, ALL);
    expect([second.code, changesIn(second.calls)]).toEqual([0, []]);
    expect(workspace).toEqual(before);
    expect(second.printed).not.toMatch(/^ {3}(changed|left)/m);
  });

  verifies("infra.databricks-grants", "what is enough already is left as it is", async () => {
    const workspace = newWorkspace({
      principals: [{ id: "1", applicationId: CLIENT, active: true, entitlements: [] }],
      permissions: {
        [`genie ${SPACE_ID}`]: [
          {
            service_principal_name: CLIENT,
            all_permissions: [{ permission_level: "CAN_MANAGE", inherited: true }],
          },
        ],
        [`warehouses ${WAREHOUSE_ID}`]: [
          {
            service_principal_name: CLIENT,
            all_permissions: [{ permission_level: "CAN_MONITOR" }],
          },
        ],
      },
      grants: {
        "catalog main": [{ principal: CLIENT, privileges: [{ privilege: "ALL_PRIVILEGES" }] }],
        "schema main.sales": [
          {
            principal: CLIENT,
            privileges: [{ privilege: "USE SCHEMA", inherited_from_name: "main" }],
          },
        ],
      },
    });
    const { calls } = await setUpDatabricks(workspace, [...NEEDED, "--schema", "main.sales"]);
    expect(changesIn(calls).map(({ args }) => args.slice(0, 4))).toEqual([
      ["service-principals-v2", "patch", "1", "--json"],
      ["permissions", "update", "warehouses", WAREHOUSE_ID],
      ["grants", "update", "schema", "main.sales"],
    ]);
    expect(workspace.grants["schema main.sales"]?.[1]?.privileges).toEqual([
      { privilege: "SELECT" },
    ]);
  });

  verifies("infra.databricks-grants", "grants on a later page are seen", async () => {
    const workspace = newWorkspace({ hasPages: true });
    await setUpDatabricks(workspace, ALL);
    const second = await setUpDatabricks(workspace, ALL);
    expect([second.code, changesIn(second.calls)]).toEqual([0, []]);
  });

  verifies(
    "infra.databricks-grants",
    "a run that fails at any call is finished by the next",
    async () => {
      const whole = await setUpDatabricks(newWorkspace(), ALL);
      for (let at = 1; at <= whole.calls.length; at++) {
        const workspace = newWorkspace();
        expect((await setUpDatabricks(workspace, ALL, { breaksAt: at })).code).toBe(1);
        expect((await setUpDatabricks(workspace, ALL)).code).toBe(0);
        expect(workspace.principals).toHaveLength(1);
        const assigned = Object.values(workspace.grants).map((all) => all.length);
        expect([...assigned, workspace.permissions[`genie ${SPACE_ID}`]?.length]).toEqual([
          2, 2, 2,
        ]);
      }
    },
  );

  verifies(
    "infra.databricks-grants",
    "the commands are those of the gateway's remedies",
    async () => {
      const { calls } = await setUpDatabricks(newWorkspace(), NEEDED);
      const sent = calls.map(({ args }) => `databricks ${args.join(" ")}`);
      const asApp = (text = "") =>
        (/(databricks permissions update .+?'\{.+?\}')/.exec(text)?.[1] ?? "no command")
          .replaceAll("'", "")
          .replace('"user_name":"<user>"', `"service_principal_name":"${CLIENT}"`)
          .replace("<space-id>", SPACE_ID)
          .replace("<warehouse-id>", WAREHOUSE_ID);
      for (const { remedy } of [remedies.SPACE_FORBIDDEN, remedies.WAREHOUSE_FORBIDDEN]) {
        expect(sent.some((line) => line.startsWith(asApp(remedy)))).toBe(true);
      }
    },
  );
});

describe("left for others", () => {
  verifies("infra.left-for-admin", "each object whose owner is somebody else", async () => {
    const workspace = newWorkspace({
      isAdmin: false,
      othersObjects: [`genie ${SPACE_ID}`, `warehouses ${WAREHOUSE_ID}`, "schema main.sales"],
    });
    const { code, printed } = await setUpDatabricks(workspace, ALL);
    expect(code).toBe(3);
    const todos = printed.split("\n").filter((line) => line.startsWith("* "));
    expect(todos).toEqual([
      expect.stringContaining("workspace-assignment update 1234567890123456 <principal-id>"),
      expect.stringContaining(`databricks permissions update genie ${SPACE_ID} --json`),
      expect.stringContaining(`databricks permissions update warehouses ${WAREHOUSE_ID} --json`),
      expect.stringContaining(`GRANT SELECT ON SCHEMA \`main\`.\`sales\` TO \`${CLIENT}\``),
    ]);
    expect(Object.keys(workspace.grants)).toEqual(["catalog main"]);
  });
});

describe("refused", () => {
  test("nobody is signed in", async () => {
    const { code, printed } = await setUpDatabricks(newWorkspace({ isSignedIn: false }), ALL);
    expect(code).toBe(1);
    expect(printed).toContain("Sign in first: databricks auth login");
  });

  test("a group that is not there, a deactivated principal, a space without a warehouse", async () => {
    const noGroup = await setUpDatabricks(newWorkspace({ groups: [] }), ALL);
    expect(noGroup.printed).toContain("There is no group of the name given with --group");
    const off = { id: "1", applicationId: CLIENT, active: false, entitlements: [] };
    const inactive = await setUpDatabricks(newWorkspace({ principals: [off] }), ALL);
    expect(inactive.printed).toContain("was deactivated");
    const bare = await setUpDatabricks(newWorkspace({ spaces: { [SPACE_ID]: "" } }), ALL);
    expect(bare.printed).toContain("give it with --warehouse-id");
    expect([noGroup.code, inactive.code, bare.code]).toEqual([1, 1, 1]);
  });

  const wrong: [name: string, values: string[]][] = [
    ["workspace-url", ["http://adb-1.azuredatabricks.net", "adb-1.azuredatabricks.net", ""]],
    ["profile", ["a b", "--x"]],
    ["client-id", ["genie-gateway"]],
    ["name", ["", "a;b"]],
    [
      "group",
      ['a" or displayName eq "b', "", "a'; touch b; echo '", "a`; DROP SCHEMA main.sales; --"],
    ],
    ["space-id", ["default", SPACE_ID.toUpperCase()]],
    ["warehouse-id", ["0", "../x"]],
    ["schema", ["sales", "main.sales.orders", "main.`x`", "main. x", "--json.x"]],
    ["table", ["main.sales", "main.sales.orders.x", "a.b.c'd"]],
  ];
  for (const [name, values] of wrong) {
    verifies("infra.setup-refusals", `--${name} with a wrong value`, () => {
      for (const value of values) {
        const args = NEEDED.filter((_, at, all) => ![all[at], all[at - 1]].includes(`--${name}`));
        const read = () => readDatabricksOptions([...args, `--${name}=${value}`]);
        expect(read, value).toThrow(WrongOptions);
        expect(read, value).toThrow(`--${name} must be `);
      }
    });
  }

  test("all that is missing is named at once", () => {
    const named = "--workspace-url is needed\n--client-id is needed\n--space-id is needed";
    expect(() => readDatabricksOptions([])).toThrow(named);
  });
});
