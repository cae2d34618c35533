// Reads a request body into memory within the host's limit. Used where the host itself needs the body; chunked
// uploads of streaming mode pass by without being kept.

import type { IncomingMessage } from "node:http";

/** `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT` of the real host: 100 MiB. */
export const maxBodyBytes = 104_857_600;

/** Of a request that declares its length; chunked ones give undefined, as for the real host. */
export function declaredLength(request: IncomingMessage): number | undefined {
  const text = request.headers["content-length"];
  return text === undefined ? undefined : Number(text);
}

/** Rejects when the client goes away. The caller has checked the declared length; Node enforces it. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
