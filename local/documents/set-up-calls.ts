// docs/set-up-calls.md: what the set-up scripts call, as their own dry runs print it. Nothing is called here.

import { runSetup, type Setup } from "../../infra/cli/run-setup.ts";
import { DATABRICKS_SETUP } from "../../infra/databricks/grant-access.ts";
import { createEntraSetup } from "../../infra/entra/register.ts";

const HEAD = `# What the set-up scripts call

Made by \`npm run generate\` from the scripts' own dry runs, which go through the same code as a real run ([deploy](deploy.md) says when to run which).
Each command is shown for a POSIX shell, with what the script gives to its standard input; the scripts themselves use no shell. Values that are not
known before are in angle brackets; the end of each run says which option or which numbered step gives each of them.
`;

export async function describeSetUpCalls(): Promise<string> {
  const entra = createEntraSetup(() => 0);
  return [
    HEAD,
    await section("npm run setup:entra", entra, ["--allow-cli"]),
    await section("npm run setup:entra", entra, [
      "--allow-cli",
      "--credential",
      "managed-identity",
    ]),
    await section("npm run setup:databricks", DATABRICKS_SETUP, ["--group", "analysts"]),
  ].join("\n");
}

async function section<O>(command: string, setup: Setup<O>, args: string[]): Promise<string> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const dryRun = ["--dry-run", ...args];
  const code = await runSetup(setup, dryRun, NOTHING, { print, printError: print });
  if (code !== 0) throw new Error(lines.join("\n"));
  const title = `## ${command} -- ${dryRun.join(" ")}`;
  return `${title}\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`;
}

const NOTHING = {
  call: () => Promise.reject(new Error("a dry run calls nothing")),
};
