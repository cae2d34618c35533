// The body of a reply as text. Pure; bytes that are no UTF-8 become replacement characters, never an error, because
// what others send is checked where it is parsed.

/** UTF-8 without a byte order mark in front. */
export function decodeText(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
