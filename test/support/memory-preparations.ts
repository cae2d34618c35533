// Preparations in memory, with the same rules as the table: one start in 60 s, a version for each write. The seal hides
// nothing, but it is bound to its key as the real one is.

import type {
  PreparationDeps,
  PreparationKey,
  PreparationSeal,
} from "../../shared/operations/preparation.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";

export function createMemoryPreparations(clock: Clock): PreparationDeps {
  const rows = new Map<string, { version: string; at: number; sealed: string | null }>();
  let versions = 0;
  const put = (key: PreparationKey, sealed: string | null) => {
    const version = String(++versions);
    rows.set(JSON.stringify(key), { version, at: clock.now(), sealed });
    return version;
  };
  return {
    seal: createOpenSeal(),
    preparations: {
      claim: async (key) => {
        const row = rows.get(JSON.stringify(key));
        if (row === undefined || clock.now() - row.at >= 60_000) {
          return { kind: "granted", version: put(key, null) };
        }
        return row.sealed === null ? { kind: "starting" } : { kind: "started", sealed: row.sealed };
      },
      record: async (key, version, sealed) => {
        if (rows.get(JSON.stringify(key))?.version === version) put(key, sealed);
      },
      release: async (key, version) => {
        if (rows.get(JSON.stringify(key))?.version === version) rows.delete(JSON.stringify(key));
      },
    },
  };
}

function createOpenSeal(): PreparationSeal {
  return {
    seal: async (key, preparation) =>
      Buffer.from(JSON.stringify([key, preparation])).toString("base64url"),
    open: async (key, sealed) => {
      const [boundTo, preparation] = JSON.parse(Buffer.from(sealed, "base64url").toString());
      return JSON.stringify(boundTo) === JSON.stringify(key) ? preparation : undefined;
    },
  };
}
