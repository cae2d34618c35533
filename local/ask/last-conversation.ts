// The conversation of the last question, for `--follow-up`: one small file for each gateway, caller and space, for its
// owner's eyes only. It holds an id and nothing else; never a question, an answer or a token.

import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { decodeJwt } from "jose";
import { GENIE_ID } from "../../shared/contracts/path-parameters.ts";
import type { AskCaller } from "./command-line.ts";
import type { Credential, Gateway } from "./find-gateway.ts";

export interface Place {
  readonly gateway: Gateway;
  readonly as: AskCaller;
  /** Alias. */
  readonly space: string;
}

export interface LastConversation {
  /** Its id; null when there is none. */
  read(): Promise<string | null>;
  /** @param id null for a question whose conversation is not known yet: the one before is no longer the last */
  keep(id: string | null): Promise<void>;
}

const OWN_EYES_ONLY = 0o600;

/** @param folder made when it is needed */
export function createLastConversation(folder: string, place: Place): LastConversation {
  const file = path.join(folder, fileNameOf(place));
  return {
    read: async () => {
      const text = await readFile(file, "utf8").catch(() => "");
      return GENIE_ID.test(text.trim()) ? text.trim() : null;
    },
    keep: async (id) => {
      if (id === null || !GENIE_ID.test(id)) return rm(file, { force: true });
      await mkdir(folder, { recursive: true });
      // Renamed into place: always a new file, so its mode holds, and nobody reads half an id.
      const next = `${file}.${randomUUID()}`;
      await writeFile(next, `${id}\n`, { mode: OWN_EYES_ONLY });
      await rename(next, file);
    },
  };
}

/** A hash: addresses and ids of people make no file names. */
function fileNameOf({ gateway, as, space }: Place): string {
  const parts = [gateway.baseUrl, as, personIn(gateway.credential), space];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Behind GENIE_GATEWAY_TOKEN may be one person today and another tomorrow. */
function personIn(credential: Credential): string {
  if (credential.kind === "function-key") return credential.kind;
  try {
    const { tid, oid } = decodeJwt(credential.token);
    return `${tid}:${oid}`;
  } catch {
    return "";
  }
}
