// The commands that guides and remedies show: whoever copies one must not put a secret where other processes read it, and
// must not find out half way that a service of the template was never registered.

import { globSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { verifies } from "../support/verifies.ts";

const FILES = ["README.md", "docs/**/*.md", "infra/**/*.md", "{shared,infra,local}/**/*.ts"];

/** Each place with its command, up to the end of the line. */
function shown(command: RegExp): string[] {
  return globSync(FILES).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(command)].map(([text]) => `${file}: ${text}`),
  );
}

verifies("infra.secrets-never-shown", "a secret goes into the vault by standard input", () => {
  const commands = shown(/az keyvault secret set .*/g);
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((command) => !command.includes("--value @-"))).toEqual([]);
  // Without this Azure CLI prints the value.
  expect(commands.filter((command) => !command.includes("--output none"))).toEqual([]);
});

verifies("infra.environments-apart", "what touches a vault's secrets names the application", () => {
  const runs = shown(/npm run setup:entra .*--vault "\$KEY_VAULT_NAME".*/g);
  expect(runs.length).toBeGreaterThan(4);
  expect(runs.filter((run) => !run.includes("--client-id"))).toEqual([]);
});

verifies("infra.deploy-guide", "it registers what the template needs", () => {
  const template = readFileSync("infra/golden/main.json", "utf8");
  const types = [...template.matchAll(/"type": "Microsoft\.(\w+)\//g)].map(([, name]) => name);
  // The first two are in every subscription. Flex Consumption is made of App, which no resource of ours names.
  const inEvery = new Set(["Authorization", "Resources"]);
  const needed = new Set([...types.filter((name = "") => !inEvery.has(name)), "App"]);
  const guide = readFileSync("docs/deploy.md", "utf8");
  const [, listed = ""] = /\^microsoft\\\.\(([\w|]+)\)\$/.exec(guide) ?? [];
  expect(listed.split("|")).toEqual([...needed].toSorted());
});
