// Why a call failed, read from what the program wrote to standard error: no program here has exit codes that tell.
// The texts are those of Azure CLI (Graph's and Key Vault's error codes) and of Databricks CLI.

import type { Program } from "./call.ts";

export type FailureKind =
  | "program-missing"
  | "not-signed-in"
  | "forbidden"
  | "not-found"
  | "deleted-but-recoverable"
  | "disabled-secret"
  | "other";

export class CallFailure extends Error {
  override readonly name = "CallFailure";
  readonly kind: FailureKind;
  readonly program: Program;

  constructor(kind: FailureKind, program: Program, text: string) {
    super(text);
    this.kind = kind;
    this.program = program;
  }
}

// Databricks CLI prints the message of an error alone, without its code.
const SIGNS: readonly (readonly [FailureKind, RegExp])[] = [
  [
    "not-signed-in",
    /\baz login\b|\bAADSTS\d+|databricks auth login|cannot configure default credentials/i,
  ],
  ["deleted-but-recoverable", /ObjectIsDeletedButRecoverable|deleted but recoverable/],
  // The vault answers it as "forbidden" too.
  ["disabled-secret", /not allowed on a disabled secret/i],
  [
    "not-found",
    /\bNot Found\(|Request_ResourceNotFound|\(SecretNotFound\)|\bdoes not exist\b|does not reference a valid application/i,
  ],
  [
    "forbidden",
    /\bForbidden\(|\(Forbidden\)|Authorization_RequestDenied|Insufficient privileges|PERMISSION_DENIED|\bdo(es)? not have\b|\bnot (authorized|an? (\w+ )?(admin|owner))\b|\bonly (\w+ )*admins?\b/i,
  ],
];

export function failureKindOf(errorOutput: string): FailureKind {
  return SIGNS.find(([, sign]) => sign.test(errorOutput))?.[0] ?? "other";
}

export function isFailure(error: unknown, kind: FailureKind): error is CallFailure {
  return error instanceof CallFailure && error.kind === kind;
}
