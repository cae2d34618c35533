// Who calls: the Authorization header against the token check and the list of principals.
// Each refusal is one that real workspaces give (genie-api.md §1.8).

import type { DatabricksSimulatorOptions, TokenVerdict } from "./options.ts";
import type { Principal } from "./principals.ts";
import {
  credentialNotSent,
  invalidAccessToken,
  missingScope,
  Refused,
  unauthorizedAccessToOrg,
  userNotAuthorizedPage,
  wrongAudience,
} from "./refusals.ts";
import type { Workspace } from "./workspace.ts";

/** The resource of Azure Databricks, the same in every tenant. */
const DATABRICKS_AUDIENCE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

/** Throws the refusal; otherwise the principal, which may still be inactive. */
export async function authenticate(
  authorization: string | undefined,
  verifyToken: DatabricksSimulatorOptions["verifyToken"],
  workspace: Workspace,
  path: string,
): Promise<Principal> {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) throw new Refused(credentialNotSent);
  const principal = workspace.principals.find(externalIdOf(await verifyToken(token)));
  if (principal?.inWorkspace) return principal;
  throw new Refused(
    workspace.behaviour.notInWorkspace === "html"
      ? userNotAuthorizedPage(path)
      : unauthorizedAccessToOrg(workspace.id),
  );
}

function externalIdOf(verdict: TokenVerdict): string {
  switch (verdict.kind) {
    case "user":
      return verdict.objectId;
    case "app":
      return verdict.clientId;
    case "invalid":
      throw new Refused(invalidAccessToken);
    case "wrong_audience":
      throw new Refused(wrongAudience(DATABRICKS_AUDIENCE, verdict.audience ?? "another"));
    case "missing_scope":
      throw new Refused(missingScope(verdict.scope));
  }
}
