// How asking can end, and the exit code of each end. Pure.

import type { Answer } from "../../shared/contracts/answer.ts";
import type { OperationBody } from "../../shared/contracts/operation.ts";
import type { Problem } from "../../shared/contracts/problem.ts";

export type Outcome =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "problem"; readonly problem: Problem }
  /** The wait is over before Genie is. */
  | { readonly kind: "unfinished"; readonly operation: OperationBody }
  | { readonly kind: "unreachable"; readonly baseUrl: string }
  /** A reply that is none of the contract's. */
  | { readonly kind: "not_understood"; readonly status: number; readonly path: string };

/** The ends of any single request that failed. */
export type Failure = Extract<Outcome, { kind: "problem" | "unreachable" | "not_understood" }>;

export const EXIT = {
  answered: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  noAnswer: 4,
  unavailable: 5,
  unfinished: 6,
  noRows: 7,
  interrupted: 130,
} as const;

export function exitCode(outcome: Outcome): number {
  switch (outcome.kind) {
    case "answered":
      return EXIT.answered;
    case "problem":
      return exitCodeOfStatus(outcome.problem.status);
    case "unfinished":
      return EXIT.unfinished;
    case "unreachable":
      return EXIT.unavailable;
    case "not_understood":
      return EXIT.unexpected;
  }
}

/** 400, 404, 413 and 415 are about what was typed: the question, the space, the conversation. */
function exitCodeOfStatus(status: number): number {
  if (status === 401 || status === 403) return EXIT.refused;
  if (status === 429 || status === 503 || status === 504) return EXIT.unavailable;
  if ([400, 404, 413, 415].includes(status)) return EXIT.usage;
  return status < 500 ? EXIT.noAnswer : EXIT.unexpected;
}
