// HTTP functions of an app without streaming, with keys, colliding routes and functions the host refuses.

import { app } from "@azure/functions";

app.http("echo", {
  methods: ["GET", "POST"],
  route: "echo/{id:int}",
  handler: async (request) => ({
    status: 201,
    headers: { "x-answer": "yes" },
    cookies: [{ name: "crumb", value: "one", path: "/", httpOnly: true }],
    jsonBody: {
      params: request.params,
      q: request.query.get("q"),
      body: await request.text(),
    },
  }),
});

app.http("throws", {
  route: "throws",
  handler: async () => {
    throw new Error("thrown on purpose");
  },
});

app.http("nothing", { route: "nothing", handler: async () => undefined as never });

// By name, bItem comes before cStats, so it shadows the literal route; aList takes the route with POST alone.
app.http("cStats", { methods: ["GET"], route: "items/stats", handler: () => ({ body: "cStats" }) });
app.http("bItem", { methods: ["GET"], route: "items/{id}", handler: () => ({ body: "bItem" }) });
app.http("aList", { methods: ["POST"], route: "items/{id}", handler: () => ({ body: "aList" }) });

app.http("open", { route: "open", authLevel: "anonymous", handler: () => ({ body: "open" }) });
app.http("locked", { route: "locked", authLevel: "function", handler: () => ({ body: "locked" }) });
app.http("master", { route: "master", authLevel: "admin", handler: () => ({ body: "master" }) });

app.http("reserved", { route: "administration", handler: () => ({}) });
app.http("twinA", { methods: ["GET"], route: "twin", handler: () => ({ body: "twinA" }) });
app.http("twinB", { methods: ["GET"], route: "TWIN", handler: () => ({ body: "twinB" }) });
app.generic("strange", {
  trigger: { type: "carrierPigeonTrigger", name: "pigeon" },
  handler: () => {},
});
