// A registered handler, called as the runtime calls it: it returns a response even when the error path itself fails.

import { HttpRequest, InvocationContext } from "@azure/functions";
import { expect } from "vitest";
import { provideCoreModule } from "../../../local/functions-host/worker/core-module.ts";
import { createHooks } from "../../../local/functions-host/worker/hooks.ts";
import { health } from "../../../shared/contracts/routes.ts";
import { verifies } from "../../support/verifies.ts";
import { someServices } from "../../unit/http/some-services.ts";

const registrations = provideCoreModule(createHooks(), () => {});

verifies("http.always-answers", "a logger that throws leaves a bare 500 problem", async () => {
  const { mountRoute } = await import("../../../shared/http/mount-route.ts");
  const fail = () => {
    throw new Error("the log is gone");
  };
  const services = someServices({ logger: { info: fail, warn: fail, error: fail } });
  mountRoute(health, async () => ({ endpoints: {}, services }), fail);
  const handler = registrations.functions.get("health")?.callback;
  const request = new HttpRequest({ method: "GET", url: "https://genie.example/health" });
  expect(await handler?.(request, new InvocationContext())).toMatchObject({
    status: 500,
    headers: { "Content-Type": "application/problem+json" },
    body: expect.stringContaining('"code":"internal_error"'),
  });
});
