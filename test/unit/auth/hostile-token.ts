// One row of the tables of hostile tokens.

import type { AcceptedKind } from "../../../shared/auth/check-caller-kind.ts";
import type { ErrorCode } from "../../../shared/errors/error-catalogue.ts";
import type { TokenForge } from "../../support/token-forge.ts";

export interface HostileToken {
  readonly name: string;
  /** Makes the token from a forge whose one published key it may or may not use. */
  readonly make: (forge: TokenForge) => string;
  /** Default invalid_token (401). */
  readonly code?: ErrorCode;
  /** Default: every kind of endpoint must refuse it with the same code. */
  readonly accepts?: AcceptedKind;
}
