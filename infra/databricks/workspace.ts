// Databricks CLI as calls: always against the workspace that was given, always JSON. Bodies are arguments here:
// this CLI reads no standard input, and none of them is a secret.

import type { Call, Planned } from "../cli/call.ts";

export interface Workspace {
  readonly workspaceUrl: string;
  readonly profile?: string;
}

export interface WorkspaceCall {
  readonly args: readonly string[];
  readonly body?: unknown;
  readonly planned: Planned;
  readonly when?: string;
}

export function databricks(
  { workspaceUrl, profile }: Workspace,
  { args, body, ...rest }: WorkspaceCall,
): Call {
  const json = body === undefined ? [] : ["--json", JSON.stringify(body)];
  // As a variable: from 1.7 on the host of a profile named by `--profile` wins over DATABRICKS_HOST, and the grants would be
  // made in another workspace than the one given.
  const named = profile === undefined ? {} : { DATABRICKS_CONFIG_PROFILE: profile };
  return {
    program: "databricks",
    args: [...args, ...json, "--output", "json"],
    environment: { DATABRICKS_HOST: workspaceUrl, ...named },
    ...rest,
  };
}

/** Who gets a grant, in the two ways that Databricks names principals. */
export interface Grantee {
  /** In lists of permissions. */
  readonly acl: { readonly service_principal_name: string } | { readonly group_name: string };
  /** In Unity Catalog. */
  readonly principal: string;
}
