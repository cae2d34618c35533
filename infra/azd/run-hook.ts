// What azure.yaml calls: `node infra/azd/run-hook.ts preprovision` says what is missing before anything is made, and
// `postprovision` runs the registration script with what the deployment answered: redirects, secrets into the vault. The
// script shows no secret, and neither does this.

import { spawnSync } from "node:child_process";
import path from "node:path";
import { missingVariables, setupArguments } from "./hook-calls.ts";

const [, , hook] = process.argv;
if (hook === "preprovision") checkVariables();
else if (hook === "postprovision") registerGateway();
else throw new Error("The hook must be preprovision or postprovision");

function checkVariables(): void {
  const missing = missingVariables(process.env);
  if (missing.length === 0) return;
  console.error(`Set these first:\n  ${missing.join("\n  ")}`);
  process.exitCode = 1;
}

function registerGateway(): void {
  const args = setupArguments(process.env);
  console.info(`setup:entra ${args.join(" ")}`);
  // By this Node (npm has found the Node 24 of the packages) and without a shell: on Windows npm is a .cmd, which starts
  // only through cmd.exe, and cmd.exe runs what stands behind an & in a value of azd's environment.
  const script = path.join(import.meta.dirname, "../entra/setup-entra.ts");
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: "inherit" });
  // 3: done, but something is left for an admin, and it was printed. That is no reason to stop `azd up`.
  process.exitCode = status === 3 ? 0 : (status ?? 1);
}
