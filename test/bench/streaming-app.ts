// The baseline of files: a function app that streams bytes which are there already, as fast as its client reads. Built,
// packed and hosted exactly like the gateway, so that what it takes is what host, library and sockets take.

import { app } from "@azure/functions";
import { flowingBody } from "../../shared/http/flowing-body.ts";
import { openResponse, watchResponses } from "../../shared/http/open-responses.ts";
import { systemClock } from "../../shared/telemetry/clock.ts";

const PIECES = 1_024;
const PIECE = Buffer.alloc(64 * 1_024, "a line of a file\n");

watchResponses();

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let made = 0; made < PIECES; made += 1) yield PIECE;
}

app.http("file", {
  methods: ["GET"],
  route: "file",
  authLevel: "anonymous",
  handler: async (_request, { invocationId }) => ({
    body: flowingBody(pieces(), {
      response: openResponse(invocationId),
      clock: systemClock,
      report: () => {},
    }),
  }),
});

app.setup({ enableHttpStream: true });
