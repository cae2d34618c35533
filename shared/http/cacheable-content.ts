// Content that a client may keep: several codings of the same bytes, of which the request's `Accept-Encoding` chooses
// one, and the check of `If-None-Match` (RFC 9110 §12.5.3, §13.1.2). Odd headers choose the plain form; none is refused.

import Negotiator from "negotiator";

export interface CacheableContent {
  /** With its charset: scripts without one are read in the wrong one (connectors.md §8.2). */
  readonly type: string;
  /** In place of `no-store`. */
  readonly cacheControl: string;
  /** At least `identity`. */
  readonly codings: readonly [ContentCoding, ...ContentCoding[]];
}

export interface ContentCoding {
  readonly name: "br" | "gzip" | "identity";
  /** A strong entity tag, in its quotes; each coding has its own. */
  readonly etag: string;
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** negotiator 1.1.0 takes an order of ours for what the client likes equally; its types do not say so. */
interface EncodingChoice {
  encoding(
    available: readonly string[],
    options: { readonly preferred: readonly string[] },
  ): string | undefined;
}

/** Of codings that the client likes equally the first of ours, which should be the smallest. */
export function chooseCoding(
  codings: CacheableContent["codings"],
  acceptEncoding: string | null,
): ContentCoding {
  const plain = codings.find(({ name }) => name === "identity") ?? codings[0];
  if (acceptEncoding === null) return plain;
  const names = codings.map(({ name }) => name);
  const negotiator: EncodingChoice = new Negotiator({
    headers: { "accept-encoding": acceptEncoding },
  });
  const best = negotiator.encoding(names, { preferred: names });
  return codings.find(({ name }) => name === best) ?? plain;
}

// Opaque tags in quotes, each weak or not; what lies between two is not looked at.
const ENTITY_TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Whether the client has this content already: `*`, or a list that names it (weak comparison, RFC 9110 §8.8.3.2). */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return [...ifNoneMatch.matchAll(ENTITY_TAG)].some(([, tag]) => tag === etag);
}
