// What the packed app loads when it starts, in a process of its own: nothing of telemetry without a setting for it, and with
// one only what records, never the SDK.

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, inject } from "vitest";
import { writeTestLog } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";

/** Prints what was loaded once nothing is pending any more. What only the worker has is stubbed. */
const PROGRAM = `
  import Module, { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  const core = { setProgrammingModel() {}, registerHook() {}, log() {}, registerFunction() {} };
  const original = Module.prototype.require;
  Module.prototype.require = function (id) {
    return id === "@azure/functions-core" ? core : original.call(this, id);
  };
  process.on("beforeExit", () => process.stdout.write(JSON.stringify(loaded)));
  await import(process.argv[1]);
`;

/** Texts that stand in one file of ours each, whatever the bundler calls things. */
const RECORDER = "telemetry_not_started";
const SDK = "service.instance.id";

let printed = "";
afterAll(() => writeTestLog("telemetry-start", printed));

async function startWith(environment: Record<string, string>): Promise<string> {
  const main = join(inject("packedApp"), "dist", "main.mjs");
  const args = ["--input-type=module", "-e", PROGRAM, main];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    env: environment,
  });
  printed += stderr;
  const urls = JSON.parse(stdout) as string[]; // our own program's
  const own = urls.filter((url) => url.includes("/dist/"));
  expect(own.length).toBeGreaterThan(0);
  return (await Promise.all(own.map((url) => readFile(new URL(url), "utf8")))).join("\n");
}

verifies("telemetry.costs-nothing", "without a setting nothing of it is imported", async () => {
  const code = await startWith({});
  expect(code).not.toContain(RECORDER);
  expect(code).not.toContain(SDK);
});

verifies("telemetry.costs-nothing", "with one the recorder alone, beside the start", async () => {
  const code = await startWith({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  expect(code).toContain(RECORDER);
  expect(code).not.toContain(SDK);
  const folder = join(inject("packedApp"), "dist");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".mjs"));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  expect(texts.some((text) => text.includes(SDK))).toBe(true); // it is there to be found
});
