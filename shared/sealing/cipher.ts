// AES-256-GCM over one text (entra-keyvault.md appendix G). Pure but for the random IV; it never says why a text
// did not open beyond its kind, and keeps no key.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { type SealContext, SealRefused } from "./sealing.ts";
import type { SealingKey } from "./sealing-keys.ts";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
/** Fixed on both sides: a shorter tag would be accepted otherwise and could be guessed. */
const TAG_BYTES = 16;
const FORM = /^v1\.([A-Za-z0-9-]{1,64})\.([A-Za-z0-9_-]+)$/;

/** A sealed text taken apart; nothing in it is trusted yet. */
export interface Envelope {
  readonly keyId: string;
  readonly data: Buffer;
}

/** `v1.<key id>.<base64url of IV, tag and ciphertext>` */
export function sealText(plaintext: string, context: SealContext, key: SealingKey): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, derivedKey(key, "seal"), iv, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(boundTo(context, key.id));
  // UTF-16 keeps every JavaScript string as it is; UTF-8 would replace half surrogate pairs.
  const text = Buffer.concat([cipher.update(plaintext, "utf16le"), cipher.final()]);
  const data = Buffer.concat([iv, cipher.getAuthTag(), text]);
  return `v1.${key.id}.${data.toString("base64url")}`;
}

/** @throws SealRefused */
export function parseEnvelope(sealed: string): Envelope {
  const [, keyId = "", text = ""] = FORM.exec(sealed) ?? [];
  const data = Buffer.from(text, "base64url");
  // Left-over bits of the last character are part of the text: changing them is a change.
  const isWhole = data.length >= IV_BYTES + TAG_BYTES && data.toString("base64url") === text;
  if (!isWhole) throw new SealRefused("form");
  return { keyId, data };
}

/** @throws SealRefused */
export function openEnvelope({ data }: Envelope, context: SealContext, key: SealingKey): string {
  const iv = data.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(ALGORITHM, derivedKey(key, "seal"), iv, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(context, key.id));
  decipher.setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const text = decipher.update(data.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf16le");
  } catch (cause) {
    throw new SealRefused("content", { cause });
  }
}

/** A key of its own for each use (RFC 5869), so that no use can weaken another. */
export function derivedKey(key: SealingKey, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key.bytes, "", `genie-gateway/${use}`, 32));
}

/** One spelling for each context: fields in order, numbers apart from texts. */
function boundTo(context: SealContext, keyId: string): Buffer {
  const fields = Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // JSON writes NaN and Infinity as null, which would bind to nothing.
  if (fields.some(([, value]) => typeof value === "number" && !Number.isFinite(value))) {
    throw new TypeError("a seal context holds a number that is none");
  }
  return Buffer.from(JSON.stringify(["v1", keyId, fields]));
}
