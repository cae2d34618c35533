// The one error class of the gateway. What it carries is safe to show to the caller: it never holds
// upstream text, a token, a question or an answer; the technical reason travels as `cause`.

import type { ErrorCode } from "./error-catalogue.ts";

/** One faulty place of a request: a JSON pointer into the body, or the name of a parameter. */
export type FieldFault =
  | { readonly pointer: string; readonly detail: string }
  | { readonly parameter: string; readonly detail: string };

/** A failure as plain data, so that an operation can store it and a problem document can show it. */
export interface Failure {
  readonly code: ErrorCode;
  /** Plain sentence for the caller. */
  readonly detail: string;
  /** What a person or an admin does about it: which grant, on what, with which command. */
  readonly remedy?: string;
  /** Whole seconds for the `Retry-After` header. */
  readonly retryAfterSeconds?: number;
  /** Entra's claims challenge as it came (JSON text), for `WWW-Authenticate` (RFC 9470 style). */
  readonly claims?: string;
  readonly errors?: readonly FieldFault[];
  /** Where to go on, as paths below the base of absolute links, for example to the message of an expired operation. */
  readonly links?: Readonly<Record<string, string>>;
}

/** Thrown for every expected failure; `mountRoute` turns it into a problem document. */
export class AppError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(`${failure.code}: ${failure.detail}`, options);
    this.name = "AppError";
    this.failure = failure;
  }
}
