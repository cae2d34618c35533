// Requests exactly as they are written: no path tidied up as fetch would, no header added but the token, a body with or
// without Content-Length. For attacks over the real socket.

import { request } from "node:http";
import type { GatewayAddress, GatewayReply } from "./gateway-client.ts";

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Several chunks travel without Content-Length. */
  readonly body?: string | Buffer | readonly string[];
}

/** A request as it is written here: no path is tidied up, no header added but the token. */
export async function sendRaw(
  stand: GatewayAddress,
  { method = "POST", path, headers = {}, body }: RawRequest,
): Promise<GatewayReply> {
  const { hostname, port } = new URL(stand.url);
  const authorization = `Bearer ${await stand.token("analyst")}`;
  return new Promise((resolve, reject) => {
    const target = path ?? "/genie/query-obo";
    const sent = request({
      hostname,
      port,
      method,
      path: target,
      headers: { authorization, ...headers },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const entries = Object.entries(response.headers).map(([name, value]) => [
          name,
          String(value),
        ]);
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(Object.fromEntries(entries)),
          text: bytes.toString(),
          bytes,
        });
      });
      response.on("error", reject);
    });
    if (typeof body === "string" || Buffer.isBuffer(body))
      sent.setHeader("content-length", Buffer.byteLength(body));
    if (Array.isArray(body)) for (const chunk of body) sent.write(chunk);
    sent.end(Array.isArray(body) ? undefined : body);
  });
}
