// What the app registers against what the contracts say, through the real `@azure/functions` package, and the rules
// that keep the host's name-order matching from hiding a route.

import { globSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { compileRoute } from "../../local/functions-host/http/route-template.ts";
import { provideCoreModule } from "../../local/functions-host/worker/core-module.ts";
import { createHooks } from "../../local/functions-host/worker/hooks.ts";
import { pathParameterNames, pathParameterRule } from "../../shared/contracts/path-parameters.ts";
import * as routes from "../../shared/contracts/routes.ts";
import { ERROR_CATALOGUE } from "../../shared/errors/error-catalogue.ts";
import { verifies } from "../support/verifies.ts";

const contracts = Object.values(routes);
const registrations = provideCoreModule(createHooks(), () => {});

beforeAll(async () => {
  vi.stubEnv("APP_ENDPOINT_AUTH", undefined);
  await import("../../functions/main.ts");
});

/** Route, methods and auth level of one registered function. */
function registered(name: string) {
  const bindings = registrations.functions.get(name)?.metadata.bindings ?? {};
  const trigger = Object.values(bindings).find(({ type }) => type === "httpTrigger");
  return { route: trigger?.route, methods: trigger?.methods, authLevel: trigger?.authLevel };
}

for (const { name, method, path: route } of contracts) {
  verifies("http.routes", `${name} is ${method} /${route}`, () => {
    expect(registered(name)).toEqual({ route, methods: [method], authLevel: "anonymous" });
  });
}

verifies("http.routes", "nothing else is registered, and every function has its file", () => {
  const names = contracts.map(({ name }) => name).toSorted();
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
      expect(input !== undefined && "body" in input).toBe(contract.method === "POST");
    });
  }
});
