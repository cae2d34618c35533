// Who calls: turns an Authorization header into a verified Caller or a failure (design §3.1).
// Knows no HTTP framework; logs the reason of a refusal, never a token or a claim.

import { AppError } from "../errors/app-error.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { readBearerToken } from "./bearer-token.ts";
import { type Caller, toCaller } from "./caller.ts";
import type { AcceptedKind } from "./check-caller-kind.ts";
import { entraAuthority } from "./entra-authority.ts";
import { type RefusalReason, refusalFailure } from "./refusal-reason.ts";
import { createSigningKeys } from "./signing-keys.ts";
import { tokenPolicy } from "./token-policy.ts";
import { verifyAccessToken } from "./verify-access-token.ts";

export interface InboundAuthDeps {
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Accepted `aud` values. */
  readonly audiences: readonly string[];
  /** Scope word that user tokens must carry. */
  readonly scope: string;
  /** App role that app-only tokens must carry. */
  readonly appRole: string;
  /** Null: every client. */
  readonly allowedClientIds: readonly string[] | null;
  readonly send: SendOutbound;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface InboundAuth {
  /**
   * @param authorization the request's header, or null
   * @throws AppError invalid_token · insufficient_scope · user_token_required · app_token_required ·
   *   client_not_allowed · identity_provider_unavailable
   */
  authenticate(authorization: string | null, accepts: AcceptedKind): Promise<Caller>;
  /** For health: are Entra's signing keys readable now? @throws AppError without usable keys */
  checkSigningKeys(): Promise<"fresh" | "cached">;
}

export function createInboundAuth(deps: InboundAuthDeps): InboundAuth {
  const { clock, logger, send } = deps;
  const authority = entraAuthority(deps.authorityHost, deps.tenantId);
  const policy = tokenPolicy({ ...deps, authority });
  const keys = createSigningKeys({ url: authority.keysUrl, send, clock, logger });

  const refuse = (reason: RefusalReason): never => {
    logger.warn("auth.token_refused", { reason });
    throw new AppError(refusalFailure(reason, policy));
  };

  return {
    async authenticate(authorization, accepts) {
      const token = readBearerToken(authorization);
      if (!token.ok) return refuse(token.reason);
      const nowSeconds = clock.now() / 1000;
      const verified = await verifyAccessToken(token.value, { keys, policy, accepts, nowSeconds });
      return verified.ok ? toCaller(verified.value, token.value) : refuse(verified.reason);
    },
    checkSigningKeys: () => keys.check(),
  };
}
