// The workflow's last step, run as it stands by bash against a gateway that first is the package before. Pauses are left out.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { verifies } from "../../support/verifies.ts";
import { waitingScript } from "../../support/workflow-rules.ts";

const SCRIPT = waitingScript(readFileSync(".github/workflows/deploy.yml", "utf8"));
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const OLD = answer(200, "0.1.0+ffffffffffff");

function answer(httpStatus: number, version: string) {
  return { httpStatus, body: JSON.stringify({ status: "ok", version, checks: {} }) };
}

/** The answers in turn, the last one for ever; how the step ended and how often it asked. */
async function waitFor(answers: readonly ReturnType<typeof answer>[]) {
  let asked = 0;
  const server = createServer((_request, response) => {
    const { httpStatus, body } = answers[Math.min(asked++, answers.length - 1)] ?? OLD;
    response.writeHead(httpStatus, { "Content-Type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const env = { ...process.env, GATEWAY_URL: `http://127.0.0.1:${port}`, GITHUB_SHA: COMMIT };
  const exitCode = await new Promise((resolve) => {
    const args = ["-e", "-c", `sleep() { :; }\n${SCRIPT}`]; // as GitHub starts it
    execFile("bash", args, { env }, (error) => resolve(error === null ? 0 : error.code));
  });
  await new Promise((resolve) => server.close(resolve));
  return { exitCode, asked };
}

verifies("infra.workflow-waits", "past the package before, and past one not ready", async () => {
  const answers = [
    OLD,
    answer(200, "0.1.0"),
    answer(503, "0.1.0+0123456789ab"),
    answer(200, "0.1.0+0123456789ab"),
  ];
  expect(await waitFor(answers)).toEqual({ exitCode: 0, asked: 4 });
});

verifies("infra.workflow-waits", "it gives up on a package that never comes", async () => {
  expect(await waitFor([OLD])).toEqual({ exitCode: 1, asked: 30 });
});
