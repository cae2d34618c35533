// What an ask carries besides who asks: already validated, with the claim on its idempotency key.

import type { IdempotencyClaim, Space } from "./ports.ts";

export interface AskRequest {
  readonly question: string;
  readonly space: Space;
  /** The conversation of a follow-up, or null to open one. */
  readonly conversationId: string | null;
  readonly callbackUrl: string | null;
  readonly waitMs: number;
  readonly claim: IdempotencyClaim | null;
  /** Base of absolute links, stored with the operation. */
  readonly linkBase: string;
}
