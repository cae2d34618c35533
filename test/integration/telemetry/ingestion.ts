// Stands for the ingestion endpoint of Application Insights: takes what the real exporter sends and answers as its
// documentation says. It keeps the bodies, unpacked, and who sent them.

import { once } from "node:events";
import { createServer } from "node:https";
import type { Certificates } from "../../../local/certificates.ts";

export async function startIngestion(
  { key, cert }: Certificates,
  unpack: (bytes: Buffer) => Buffer,
) {
  const received: string[] = [];
  const tokens: (string | undefined)[] = [];
  let status = 200;
  const server = createServer({ key, cert }, (request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(Buffer.from(piece));
      const bytes = Buffer.concat(pieces);
      const body = request.headers["content-encoding"] === "gzip" ? unpack(bytes) : bytes;
      received.push(body.toString("utf8"));
      tokens.push(request.headers.authorization);
      const items = body.toString("utf8").split("\n").length;
      const answer = {
        itemsReceived: items,
        itemsAccepted: status === 200 ? items : 0,
        errors: [],
      };
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    url: `https://localhost:${port}/`,
    received,
    tokens,
    refuse: (code: number) => {
      status = code;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
