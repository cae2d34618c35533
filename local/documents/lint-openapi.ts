// `npm run check:openapi`: Spectral and Redocly over the committed API documents. Both are installed on first use, from a
// lockfile of their own in tools/openapi-lint: 240 packages that nobody needs to run or test the gateway.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(import.meta.dirname, "../..");
const tools = path.join(repository, "tools/openapi-lint");
const bin = path.join(tools, "node_modules/.bin");
/** Redocly would report each use, and ask for newer versions of itself. */
const QUIET = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
const isWindows = process.platform === "win32";

function run(command: string, ...args: string[]): void {
  const env = { ...process.env, ...QUIET };
  execFileSync(command, args, { cwd: repository, stdio: "inherit", shell: isWindows, env });
}

if (!existsSync(path.join(bin, "spectral"))) {
  run("npm", "ci", "--prefix", tools, "--no-audit", "--no-fund");
}
for (const document of ["docs/openapi.json", "infra/connector/apiDefinition.swagger.json"]) {
  run(path.join(bin, "spectral"), "lint", document, "--fail-severity=hint");
}
run(path.join(bin, "redocly"), "lint", "docs/openapi.json", "--lint-config=error");
