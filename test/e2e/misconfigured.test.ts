// An app whose settings are missing or wrong: it starts, says what to mend, and gives no value away.

import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  type FunctionsHost,
  startFunctionsHost,
} from "../../local/functions-host/start-functions-host.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { writeTestLog } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { ALL_ROUTES, requestTo } from "./every-route.ts";
import {
  call,
  faultyPlaces,
  type GatewayReply,
  type GatewayRequest,
  problemOf,
} from "./gateway-client.ts";

const REQUIRED = [
  "TENANT_ID",
  "CLIENT_ID",
  "KEY_VAULT_URL",
  "GENIE__WORKSPACE_URL",
  "GENIE__SPACE_ID",
  "AzureWebJobsStorage",
];
const secret = SECRET_MARKERS.secret;
/** Every value is wrong and none may be repeated. */
const WRONG: Readonly<Record<string, string>> = {
  TENANT_ID: `${secret}-tenant`,
  CLIENT_ID: `${secret}-client`,
  CLIENT_CREDENTIAL: `${secret}-credential`,
  KEY_VAULT_URL: `http://${secret}.example`,
  AUTHORITY_HOST: `http://${secret}.example`,
  APP_ENDPOINT_AUTH: `${secret}-entra`,
  GENIE__WORKSPACE_URL: `ftp://${secret}`,
  GENIE__SPACES: `{"${secret}": 1`,
  GENIE__MAX_WAIT_SECONDS: `9${secret}`,
  GENIE__DEADLINE_MINUTES: "1e3",
  GENIE__QUESTIONS_PER_MINUTE: "-1",
  SEALING_KEY: secret,
  AzureWebJobsStorage: "UseDevelopmentStorage=true",
};

const hosts: Record<"none" | "wrong", FunctionsHost | undefined> = {
  none: undefined,
  wrong: undefined,
};

beforeAll(async () => {
  const appFolder = inject("packedApp");
  [hosts.none, hosts.wrong] = await Promise.all([
    startFunctionsHost({ appFolder }),
    startFunctionsHost({ appFolder, env: WRONG }),
  ]);
});
afterAll(async () => {
  const running = Object.values(hosts).filter((host) => host !== undefined);
  await Promise.all(running.map((host) => host.stop()));
  await writeTestLog("misconfigured", running.map((host) => host.output()).join("\n"));
});

const host = (which: keyof typeof hosts): FunctionsHost => {
  const found = hosts[which];
  if (found === undefined) throw new Error("the host is there inside tests only");
  return found;
};
const send = (which: keyof typeof hosts, request: GatewayRequest) => {
  const { url } = host(which);
  const address = { url, token: () => Promise.reject(new Error("there is nobody to sign in")) };
  return call(address, request);
};
/** All that cannot do without settings. */
const NEEDING = ALL_ROUTES.filter(({ path }) => !path.startsWith("health"));

verifies("gateway.misconfigured", "without any setting all functions are registered", () => {
  const triggers = ["poll-genie-message", "deliver-callback"].flatMap((name) => [
    name,
    `${name}-poison`,
  ]);
  const all = [...ALL_ROUTES.map(({ name }) => name), ...triggers, "sweep-operations"].toSorted();
  for (const which of ["none", "wrong"] as const) {
    const names = host(which).functions.map(({ name }) => name);
    expect(names.toSorted()).toEqual(all);
  }
});

verifies("gateway.misconfigured", "liveness answers", async () => {
  for (const which of ["none", "wrong"] as const) {
    const reply = await send(which, { path: "/health" });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ status: "healthy" });
  }
});

verifies("gateway.misconfigured", "readiness is 503 and names only settings", async () => {
  const reply = await send("none", { path: "/health/ready" });
  expect(reply.status).toBe(503);
  expect(reply.headers.get("content-type")).toMatch(/^application\/json\b/);
  const { status, checks } = JSON.parse(reply.text);
  expect(status).toBe("failed");
  expect(checks.configuration.status).toBe("failed");
  for (const name of REQUIRED) expect(checks.configuration.detail).toContain(name);
  expect(checks.databricks.status).toBe("skipped");
});

verifies(
  "gateway.misconfigured",
  "everything else is 503 and names all missing settings",
  async () => {
    for (const route of NEEDING) {
      const reply = await send("none", await requestTo(route));
      const problem = problemOf(reply, 503, "configuration_error");
      expect(faultyPlaces(problem)).toEqual(expect.arrayContaining(REQUIRED));
    }
  },
);

verifies("gateway.misconfigured", "wrong settings are all named, and no value is", async () => {
  // A mistyped APP_ENDPOINT_AUTH never opens the endpoint: the host asks for a key (design §2).
  const open = NEEDING.filter(({ name }) => name !== "query-app");
  const replies: GatewayReply[] = [await send("wrong", { path: "/health/ready" })];
  for (const route of open) {
    const reply = await send("wrong", await requestTo(route));
    const places = faultyPlaces(problemOf(reply, 503, "configuration_error"));
    const wrong = Object.keys(WRONG).filter((name) => name !== "AzureWebJobsStorage");
    expect(places.toSorted()).toEqual(
      expect.arrayContaining(wrong.filter((n) => n !== "SEALING_KEY")),
    );
    replies.push(reply);
  }
  const told = replies.map(({ text }) => text).join("\n");
  expect(told.toLowerCase()).not.toContain(secret);
  expect(host("wrong").output().toLowerCase()).not.toContain(secret);
});

test("a mistyped APP_ENDPOINT_AUTH leaves query-app behind the key", async () => {
  const { url, keys } = host("wrong");
  const closed = await fetch(`${url}/genie/query-app`, { method: "POST", body: "{}" });
  expect(closed.status).toBe(401);
  const headers = { "x-functions-key": keys.host[0] ?? "" };
  const opened = await fetch(`${url}/genie/query-app`, { method: "POST", body: "{}", headers });
  expect(opened.status).toBe(503);
});
