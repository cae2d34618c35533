// The sealing of the gateway: cipher and keyed hashes over a set of keys.

import { createHmac } from "node:crypto";
import { derivedKey, openEnvelope, parseEnvelope, sealText } from "./cipher.ts";
import { type Sealing, SealRefused } from "./sealing.ts";
import type { SealingKeys } from "./sealing-keys.ts";

export function sealingWith(keys: SealingKeys): Sealing {
  return {
    seal: async (plaintext, context) => sealText(plaintext, context, await keys.newest()),
    open: async (sealed, context) => {
      const envelope = parseEnvelope(sealed);
      const key = await keys.byId(envelope.keyId);
      if (key === undefined) throw new SealRefused("key");
      return openEnvelope(envelope, context, key);
    },
    hash: async (purpose, text) =>
      (await keys.forHashes()).map((key) =>
        createHmac("sha256", derivedKey(key, `hash/${purpose}`))
          .update(text)
          .digest("base64url"),
      ),
  };
}
