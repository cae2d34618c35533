// Preparations in memory, with the same rules as the table: one start in 60 s, a version for each write. The seal hides
// nothing, but it is bound to its key as the real one is.

import type {
  PreparationDeps,
  PreparationKey,
  PreparationSeal,
  StandingStart,
} from "../../shared/operations/preparation.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";

export function createMemoryPreparations(clock: Clock): PreparationDeps {
  const rows = new Map<string, { version: string; at: number; ticket: string | null }>();
  let versions = 0;
  const put = (key: PreparationKey, ticket: string | null) => {
    const version = String(++versions);
    rows.set(nameOf(key), { version, at: clock.now(), ticket });
    return version;
  };
  const find = (key: PreparationKey): StandingStart | undefined => {
    const row = rows.get(nameOf(key));
    if (row === undefined || clock.now() - row.at >= 60_000) return undefined;
    const { ticket, version } = row;
    return ticket === null ? { kind: "starting" } : { kind: "started", ticket, version };
  };
  return {
    seal: createOpenSeal(),
    preparations: {
      find: async (key) => find(key),
      claim: async (key) => find(key) ?? { kind: "granted", version: put(key, null) },
      record: async (key, version, ticket) => {
        if (rows.get(nameOf(key))?.version === version) put(key, ticket);
      },
      release: async (key, version) => {
        if (rows.get(nameOf(key))?.version === version) rows.delete(nameOf(key));
      },
    },
  };
}

/** Whatever else the object holds, and in whatever order. */
const nameOf = ({
  kind,
  owner,
  spaceId,
  conversationId,
  messageId,
  attachmentId,
}: PreparationKey) =>
  JSON.stringify([kind, owner, spaceId, conversationId, messageId, attachmentId]);

/** No two tickets are equal, as with the real one. */
function createOpenSeal(): PreparationSeal {
  let seals = 0;
  return {
    seal: async (key, preparation) =>
      Buffer.from(JSON.stringify([nameOf(key), ++seals, preparation])).toString("base64url"),
    open: async (key, ticket) => {
      const [boundTo, , preparation] = JSON.parse(Buffer.from(ticket, "base64url").toString());
      return boundTo === nameOf(key) ? preparation : undefined;
    },
  };
}
