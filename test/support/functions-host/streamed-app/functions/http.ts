// HTTP functions that show what reaches a handler and what becomes of its outcome in streaming mode.

import { setTimeout as wait } from "node:timers/promises";
import { app } from "@azure/functions";

app.http("echo", {
  methods: ["GET", "POST"],
  route: "echo/{id}/{sub?}",
  authLevel: "anonymous",
  handler: async (request, context) => {
    context.log("log text replace-me");
    return {
      jsonBody: {
        url: request.url,
        params: request.params,
        q: new URL(request.url).searchParams.getAll("q"),
        header: request.headers.get("x-test"),
        body: await request.text(),
        hook: context.extraInputs.get("seen"),
      },
    };
  },
});

app.http("ticks", {
  route: "ticks",
  handler: async () => ({
    headers: { "content-type": "text/event-stream" },
    body: ReadableStream.from(ticks()),
  }),
});

app.http("throws", {
  route: "throws",
  handler: async () => {
    throw new Error("thrown on purpose");
  },
});

app.http("nothing", { route: "nothing", handler: async () => undefined as never });

app.http("settings", {
  route: "settings",
  handler: async () => ({
    jsonBody: {
      host: process.env.WEBSITE_HOSTNAME,
      given: process.env.GIVEN ?? null,
      stray: process.env.STRAY ?? null,
      folder: process.cwd(),
    },
  }),
});

app.http("outgoing", {
  route: "outgoing",
  handler: async (request) => {
    const answer = await fetch(new URL(request.url).searchParams.get("to") ?? "");
    return { body: await answer.text() };
  },
});

async function* ticks() {
  for (let tick = 1; tick <= 3; tick += 1) {
    yield `data: ${tick}\n\n`;
    await wait(150);
  }
}
