// What the app registers against what the contracts say, through the real `@azure/functions` package, the host's
// settings, and the rules that keep its name-order matching from hiding a route.

import { globSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { readHostSettings } from "../../local/functions-host/host-json.ts";
import { compileRoute } from "../../local/functions-host/http/route-template.ts";
import { provideCoreModule } from "../../local/functions-host/worker/core-module.ts";
import { createHooks } from "../../local/functions-host/worker/hooks.ts";
import { pathParameterNames, pathParameterRule } from "../../shared/contracts/path-parameters.ts";
import * as routes from "../../shared/contracts/routes.ts";
import { ERROR_CATALOGUE } from "../../shared/errors/error-catalogue.ts";
import * as storage from "../../shared/stores/storage-names.ts";
import { verifies } from "../support/verifies.ts";

const contracts = Object.values(routes);
const registrations = provideCoreModule(createHooks(), () => {});

beforeAll(async () => {
  vi.stubEnv("APP_ENDPOINT_AUTH", undefined);
  await import("../../functions/main.ts");
});

/** Function → the queue it listens to. */
const QUEUE_FUNCTIONS = {
  "poll-genie-message": storage.POLL_QUEUE,
  "poll-genie-message-poison": storage.POLL_POISON_QUEUE,
  "deliver-callback": storage.CALLBACKS_QUEUE,
  "deliver-callback-poison": storage.CALLBACKS_POISON_QUEUE,
};
const TIMER_FUNCTION = "sweep-operations";
/** Design §3.6: all there is to say is in its path. */
const BODYLESS_POST = "rerun-results";

function triggerOf(name: string, type: string) {
  const bindings = registrations.functions.get(name)?.metadata.bindings ?? {};
  return Object.values(bindings).find((binding) => binding.type === type);
}

/** Route, methods and auth level of one registered function. */
function registered(name: string) {
  const trigger = triggerOf(name, "httpTrigger");
  return { route: trigger?.route, methods: trigger?.methods, authLevel: trigger?.authLevel };
}

for (const { name, method, path: route } of contracts) {
  verifies("http.routes", `${name} is ${method} /${route}`, () => {
    expect(registered(name)).toEqual({ route, methods: [method], authLevel: "anonymous" });
  });
}

for (const [name, queueName] of Object.entries(QUEUE_FUNCTIONS)) {
  verifies("http.triggers", `${name} listens to ${queueName}`, () => {
    expect(triggerOf(name, "queueTrigger")).toMatchObject({
      queueName,
      connection: "AzureWebJobsStorage",
    });
  });
}

verifies("http.triggers", "the sweeper runs every minute", () => {
  expect(triggerOf(TIMER_FUNCTION, "timerTrigger")).toMatchObject({ schedule: "0 * * * * *" });
});

verifies("http.triggers", "what failed too often reaches the poison functions", () => {
  // The host names a poison queue after its queue (functions-host.md §5.1).
  expect(storage.POLL_POISON_QUEUE).toBe(`${storage.POLL_QUEUE}-poison`);
  expect(storage.CALLBACKS_POISON_QUEUE).toBe(`${storage.CALLBACKS_QUEUE}-poison`);
});

verifies(
  "http.triggers",
  "host.json sets every queue setting on purpose (docs/adr/0011)",
  async () => {
    const { queues, hasExtensionBundle } = await readHostSettings(".", {});
    expect(hasExtensionBundle).toBe(true);
    expect(queues).toEqual({
      maxPollingIntervalMs: 2_000,
      batchSize: 32,
      newBatchThreshold: 32,
      visibilityTimeoutMs: 5_000,
      maxDequeueCount: 5,
      messageEncoding: "base64",
    });
  },
);

verifies("http.routes", "nothing else is registered, and every function has its file", () => {
  const routeNames = contracts.map(({ name }) => name);
  const names = [...routeNames, ...Object.keys(QUEUE_FUNCTIONS), TIMER_FUNCTION].toSorted();
  expect([...registrations.functions.keys()].toSorted()).toEqual(names);
  const files = globSync("functions/*.ts").map((file) => path.basename(file, ".ts"));
  expect(files.filter((file) => file !== "main").toSorted()).toEqual(names);
});

for (const [value, level] of [
  ["entra", "anonymous"],
  ["function-key", "function"],
  ["functionkey", "function"],
] as const) {
  verifies("settings.app-endpoint-auth", `${value} registers query-app as ${level}`, async () => {
    vi.stubEnv("APP_ENDPOINT_AUTH", value);
    vi.resetModules();
    await import("../../functions/query-app.ts");
    expect(registered("query-app").authLevel).toBe(level);
    vi.unstubAllEnvs();
    vi.resetModules();
    await import("../../functions/query-app.ts");
  });
}

describe("no route hides another", () => {
  /** First match in the order of names wins, literal or not (functions-host.md §4.1). */
  const answering = (method: string, url: string) =>
    contracts
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .find((each) => each.method === method && compileRoute(each.path)(url) !== undefined)?.name;

  for (const { name, method, path: template } of contracts) {
    verifies("http.no-shadowing", `${method} /${template} reaches ${name}`, () => {
      for (const value of [
        "01f0a1b2c3d4e5f60718293a4b5c6d7e",
        "messages",
        "result",
        "events",
        "ready",
        "x",
      ]) {
        expect(answering(method, template.replaceAll(/\{[^}]+\}/g, value))).toBe(name);
      }
    });
  }

  test("the check sees a route that is hidden", () => {
    expect(compileRoute("health/{any}")("health/ready")).toBeDefined();
  });
});

describe("each contract", () => {
  for (const contract of contracts) {
    test(`${contract.name} is sound`, async () => {
      expect(contract.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(pathParameterNames(contract.path).filter((name) => !pathParameterRule(name))).toEqual(
        [],
      );
      expect(contract.errors.filter((code) => !(code in ERROR_CATALOGUE))).toEqual([]);
      expect(new Set(contract.errors).size).toBe(contract.errors.length);
      expect(Object.keys(await contract.responses())).toContainEqual(
        expect.stringMatching(/^20[04]$/),
      );
      const input = await contract.input?.();
      const takesBody = contract.method === "POST" && contract.name !== BODYLESS_POST;
      expect(input !== undefined && "body" in input).toBe(takesBody);
    });
  }
});
