// The command line of the erasure: options and their checks. Touches nothing outside.

import { GUID, type Rule, readOptions, textOf } from "../cli/option-rules.ts";
import { STORAGE_ACCOUNT } from "./storage-account.ts";

export interface EraseOptions {
  readonly isDryRun: boolean;
  readonly storageAccount: string;
  readonly tenantId: string;
  readonly objectId: string;
}

const OPTIONS = {
  "storage-account": { type: "string" },
  "tenant-id": { type: "string" },
  "object-id": { type: "string" },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

const RULES: Readonly<Record<string, Rule>> = {
  "storage-account": STORAGE_ACCOUNT,
  "tenant-id": GUID,
  "object-id": GUID,
};

export const ERASE_HELP = `Erases what the gateway's storage holds about one user (docs/operations.md says what that is).

  npm run ops:erase-person -- --storage-account NAME --tenant-id GUID --object-id GUID --dry-run

Options
  --storage-account NAME  STORAGE_ACCOUNT_NAME of the deployment (needed)
  --tenant-id GUID        the gateway's tenant, TENANT_ID of the deployment; also for a guest, not the guest's own (needed)
  --object-id GUID        the user's object id in that tenant: az ad user show --id NAME --query id --output tsv,
                          for a guest: az ad user list --filter "mail eq 'ADDRESS'" --query '[].id' --output tsv (needed)
  --dry-run               count and delete nothing
  --help                  print this

It uses the sign-in of Azure CLI, which needs the role "Storage Table Data Contributor" on the account.
`;

const NEEDED = ["storage-account", "tenant-id", "object-id"];

/** Undefined: help was asked for. @throws WrongOptions; a dry run needs the options too, because it reads */
export function readEraseOptions(args: readonly string[]): EraseOptions | undefined {
  const needs = { required: NEEDED, readsInDryRun: true };
  const values = readOptions(args, { options: OPTIONS, rules: RULES, ...needs });
  if (values.help === true) return undefined;
  const [storageAccount = "", tenantId = "", objectId = ""] = NEEDED.map((name) =>
    (textOf(values, name) ?? "").toLowerCase(),
  );
  return { isDryRun: values["dry-run"] === true, storageAccount, tenantId, objectId };
}
