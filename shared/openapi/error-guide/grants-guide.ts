// Troubleshooting of missing Databricks rights: the 403 codes that a grant cures, with the commands that the failures
// themselves name (shared/databricks/grant-failures.ts). Texts and nothing else.

import { type GuideEntry, type GuideStep, withShell } from "./guide-entry.ts";

const update = (object: string, level: string): string =>
  `databricks permissions update ${object} --json '{"access_control_list":[{"user_name":"<user>","permission_level":"${level}"}]}'`;

const APP_INSTEAD =
  "For an application write `service_principal_name` and its client id instead of `user_name`; for a group, `group_name`.";

const ASK_AGAIN: GuideStep = {
  who: "caller",
  text: "Ask again. `GET /genie/spaces` lists the spaces that you can see now.",
};

export const grantsGuide = {
  genie_space_forbidden: {
    meaning:
      "Databricks knows the caller but does not let it use this Genie space, or the space is gone: Databricks answers both alike.",
    steps: [
      withShell(
        "space_manager",
        `Grant CAN RUN on the space: open it, Share, add the user with "Can run", or run the command. ${APP_INSTEAD}`,
        update("genie <space-id>", "CAN_RUN"),
      ),
      withShell(
        "operator",
        "If the space was deleted or replaced, correct `GENIE__SPACE_ID` or `GENIE__SPACES`. A space's id stands in its address after `/genie/rooms/`.",
        "az functionapp config appsettings set --name <function-app> --resource-group <group> --settings GENIE__SPACE_ID=<space-id>",
      ),
      ASK_AGAIN,
    ],
  },
  warehouse_forbidden: {
    meaning: "The caller may use the space, but not the SQL warehouse that runs its queries.",
    steps: [
      withShell(
        "warehouse_manager",
        `Grant CAN USE: SQL Warehouses > the warehouse > Permissions, or run the command. CAN MONITOR alone is not enough. ${APP_INSTEAD}`,
        update("warehouses <warehouse-id>", "CAN_USE"),
      ),
    ],
  },
  data_forbidden: {
    meaning:
      "Genie wrote SQL for the question, but Unity Catalog does not let the caller read a table that it needs. Genie never shows more than the caller may read.",
    steps: [
      {
        who: "data_owner",
        text: "Grant the three rights for each table of the space. `<user>` is the user's name, or the client id of an application; better grant to a group.",
        commands: {
          language: "sql",
          text: [
            "GRANT USE CATALOG ON CATALOG <catalog> TO `<user>`;",
            "GRANT USE SCHEMA ON SCHEMA <catalog>.<schema> TO `<user>`;",
            "GRANT SELECT ON TABLE <catalog>.<schema>.<table> TO `<user>`;",
          ].join("\n"),
        },
      },
      {
        who: "space_manager",
        text: "Look up which tables the space reads under Configure > Data.",
      },
    ],
  },
  workspace_access_missing: {
    meaning:
      "The account or service principal is not assigned to the Databricks workspace, or lacks the entitlement to use SQL there.",
    steps: [
      withShell(
        "databricks_admin",
        "An account admin assigns the user or service principal to the workspace. `<principal-id>` is its numeric id in the Databricks account.",
        'databricks account workspace-assignment update <workspace-id> <principal-id> --json \'{"permissions":["USER"]}\'',
      ),
      {
        who: "databricks_admin",
        text: 'A workspace admin grants the entitlement "Databricks SQL access" under Settings > Identity and access.',
      },
    ],
  },
} as const satisfies Record<string, GuideEntry>;
