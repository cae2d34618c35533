// The command line of `npm run ops:return-poison`, and what it says of a run. Touches nothing outside.

import { readOptions, textOf } from "../cli/option-rules.ts";
import type { Returned } from "./return-poison.ts";
import { STORAGE_ACCOUNT } from "./storage-account.ts";

export interface ReturnOptions {
  readonly isDryRun: boolean;
  readonly storageAccount: string;
}

const OPTIONS = {
  "storage-account": { type: "string" },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const RETURN_HELP = `Puts the messages of the poison queues back into the work queues (docs/operations.md says when that makes sense).

  npm run ops:return-poison -- --storage-account NAME --dry-run

Options
  --storage-account NAME  STORAGE_ACCOUNT_NAME of the deployment (needed)
  --dry-run               count, look at the first 32 of each queue, and move nothing
  --help                  print this

It uses the sign-in of Azure CLI, which needs the role "Storage Queue Data Contributor" on the account.
`;

/** Undefined: help was asked for. @throws WrongOptions; a dry run needs the account too, because it looks */
export function readReturnOptions(args: readonly string[]): ReturnOptions | undefined {
  const rules = { "storage-account": STORAGE_ACCOUNT };
  const needs = { required: Object.keys(rules), readsInDryRun: true };
  const values = readOptions(args, { options: OPTIONS, rules, ...needs });
  if (values.help === true) return undefined;
  return {
    isDryRun: values["dry-run"] === true,
    storageAccount: textOf(values, "storage-account") ?? "",
  };
}

/** One line for each queue. */
export function describeReturned(all: readonly Returned[], isDryRun: boolean): string[] {
  return all.map(({ queue, found, returned, left }) => {
    const looked = returned + left;
    if (isDryRun)
      return `${queue}: ${found} there; of ${looked} looked at ${returned} would go back`;
    const rest = left === 0 ? "" : `; ${left} left there, not the gateway's`;
    const unseen = found - looked;
    const held = unseen === 0 ? "" : `; ${unseen} not seen, held by somebody else or gone`;
    return `${queue}: ${returned} of ${found} went back${rest}${held}`;
  });
}
