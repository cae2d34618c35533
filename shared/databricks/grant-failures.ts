// The failures that a grant cures, each with the grant, on what, and the command (design §3.9). Callers only know
// aliases, so ids appear as placeholders. Nothing here depends on what Databricks wrote.

import type { Failure } from "../errors/app-error.ts";

const grant = (level: string): string =>
  `--json '{"access_control_list":[{"user_name":"<user>","permission_level":"${level}"}]}'`;

export const SPACE_FORBIDDEN: Failure = {
  code: "genie_space_forbidden",
  detail: "The caller may not use this Genie space, or the space is gone.",
  remedy:
    "A manager of the Genie space grants CAN RUN on it: " +
    `databricks permissions update genie <space-id> ${grant("CAN_RUN")} ` +
    "(PATCH /api/2.0/permissions/genie/<space-id>; service_principal_name instead of user_name for an app). " +
    "If the space was deleted, correct the space id in the gateway's settings.",
};

export const WAREHOUSE_FORBIDDEN: Failure = {
  code: "warehouse_forbidden",
  detail: "The caller may not use the SQL warehouse of this Genie space.",
  remedy:
    "A manager of the SQL warehouse grants CAN USE on it: " +
    `databricks permissions update warehouses <warehouse-id> ${grant("CAN_USE")} ` +
    "(PATCH /api/2.0/permissions/warehouses/<warehouse-id>; service_principal_name instead of user_name for an app).",
};

export const DATA_FORBIDDEN: Failure = {
  code: "data_forbidden",
  detail: "The caller may not read the data that this question needs.",
  remedy:
    "An owner of the data grants, in a SQL editor, for each table of the Genie space: " +
    "GRANT USE CATALOG ON CATALOG <catalog> TO `<user>`; " +
    "GRANT USE SCHEMA ON SCHEMA <catalog>.<schema> TO `<user>`; " +
    "GRANT SELECT ON TABLE <catalog>.<schema>.<table> TO `<user>`.",
};

export const WORKSPACE_ACCESS_MISSING: Failure = {
  code: "workspace_access_missing",
  detail: "The caller has no access to the Databricks workspace.",
  remedy:
    "An account admin assigns the user or service principal to the workspace: databricks account workspace-assignment " +
    `update <workspace-id> <principal-id> --json '{"permissions":["USER"]}'; ` +
    'a workspace admin grants the entitlement "Databricks SQL access".',
};
