// Reads a reply's body up to a limit. It counts bytes after decompression, so that a small gzip body that unpacks
// to gigabytes (a "zip bomb") is stopped too; it never keeps more than the limit, and never looks into the bytes.

/** The whole body, or undefined when it is larger than `maxBytes`; reading then stops and the connection is dropped. */
export async function readBoundedBody(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
