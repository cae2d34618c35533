// Reads a reply's body as UTF-8 text up to a limit. It counts bytes after decompression, so that a small
// gzip body that unpacks to gigabytes (a "zip bomb") is stopped too; it never keeps more than the limit.

/** The body as text, or undefined when it is larger than `maxBytes`; reading then stops and the connection is dropped. */
export async function readBoundedText(
  response: Response,
  maxBytes: number,
): Promise<string | undefined> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts.join("") + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    parts.push(decoder.decode(value, { stream: true }));
  }
}
