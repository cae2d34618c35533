// The ticket to a preparation, as its caller brings it in `download` and the ledger keeps it: sealed, because the
// signature of a download opens all its rows. Bound to owner and attachment, so that it is of no use to anybody else.

import { ownerKey } from "../operations/owner.ts";
import type { Preparation, PreparationKey, PreparationSeal } from "../operations/preparation.ts";
import { type SealContext, type Sealing, SealRefused } from "../sealing/sealing.ts";
import type { Clock } from "../telemetry/clock.ts";

/** Databricks keeps the rows of a statement for an hour (genie-api.md §3). */
const LIFETIME_MS = 3_600_000;

export function createPreparationSeal(sealing: Sealing, clock: Clock): PreparationSeal {
  return {
    seal: (key, preparation) => {
      const expiresAt = clock.now() + LIFETIME_MS;
      return sealing.seal(JSON.stringify({ ...preparation, expiresAt }), bindingOf(key));
    },
    open: async (key, ticket) => {
      const text = await sealing.open(ticket, bindingOf(key)).catch(undefinedIfRefused);
      return text === undefined ? undefined : preparationIn(text, clock.now());
    },
  };
}

function bindingOf(key: PreparationKey): SealContext {
  return {
    purpose: `preparation-${key.kind}`,
    owner: ownerKey(key.owner),
    space: key.spaceId,
    conversation: key.conversationId,
    message: key.messageId,
    attachment: key.attachmentId,
  };
}

function undefinedIfRefused(error: unknown): undefined {
  if (!(error instanceof SealRefused)) throw error;
}

/** What we sealed ourselves; another version of the gateway may have sealed something else. */
function preparationIn(text: string, now: number): Preparation | undefined {
  const sealed: Readonly<Record<string, unknown>> = JSON.parse(text);
  const { kind, downloadId, signature, expiresAt } = sealed;
  if (typeof expiresAt !== "number" || expiresAt <= now) return undefined;
  if (kind === "rows") return { kind };
  if (kind !== "download" || typeof downloadId !== "string" || typeof signature !== "string") {
    return undefined;
  }
  return { kind, downloadId, signature };
}
