// The baseline: a function app with one function that does nothing. Built, packed and started exactly like the
// gateway, in the same HTTP mode, so that what differs is the gateway.

import { app } from "@azure/functions";

app.http("health", {
  methods: ["GET"],
  route: "health",
  authLevel: "anonymous",
  handler: async () => ({ jsonBody: { status: "ok" } }),
});

app.setup({ enableHttpStream: true });
