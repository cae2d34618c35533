// A page or document that the app makes itself, as content that a browser asks after each time and gets again only when
// it changed. Compressed where that is worth it.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { CacheableContent, ContentCoding } from "../http/cacheable-content.ts";

/** Kept, but asked after each time: a page may change with any deployment. */
const ASK_EACH_TIME = "no-cache";
/** Smaller texts fit into one packet as they are. */
const WORTH_COMPRESSING = 1_400;
const BROTLI_OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** @param type with charset */
export function cacheableText(type: string, text: string): CacheableContent {
  const plain = Buffer.from(text);
  const hash = createHash("sha256").update(plain).digest("hex").slice(0, 16);
  const coding = (
    name: ContentCoding["name"],
    make: () => Promise<Uint8Array<ArrayBuffer>>,
  ): ContentCoding => ({ name, etag: `"${hash}-${name}"`, read: once(make) });
  const identity = coding("identity", async () => plain);
  if (plain.byteLength < WORTH_COMPRESSING) {
    return { type, cacheControl: ASK_EACH_TIME, codings: [identity] };
  }
  const br = coding("br", () => promisify(brotliCompress)(plain, BROTLI_OPTIONS));
  const gz = coding("gzip", () => promisify(gzip)(plain));
  return { type, cacheControl: ASK_EACH_TIME, codings: [br, gz, identity] };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
