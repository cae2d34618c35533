// The baseline of questions in flight: a function app that holds a waiting POST open and does nothing meanwhile, and
// answers everything else at once. Built, packed and hosted exactly like the gateway.

import { setTimeout as sleep } from "node:timers/promises";
import { app } from "@azure/functions";

const HELD_MS = 200_000;

app.http("query-app", {
  methods: ["POST"],
  route: "genie/query-app",
  authLevel: "anonymous",
  handler: async (request) => {
    await request.text();
    if (request.headers.get("prefer")?.startsWith("wait")) await sleep(HELD_MS);
    return { jsonBody: { operation_id: "none" } };
  },
});

app.http("get-operation", {
  methods: ["GET"],
  route: "genie/operations/{operation_id}",
  authLevel: "anonymous",
  handler: async () => ({ jsonBody: { status: "succeeded" } }),
});

app.setup({ enableHttpStream: true });
