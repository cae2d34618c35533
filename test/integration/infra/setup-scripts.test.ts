// The two set-up scripts as programs, with scripted programs in place of `az` and `databricks` on PATH: what really
// goes into arguments, standard input, outputs and files.

import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { createCli } from "../../../infra/cli/run-cli.ts";
import { readSecretFacts } from "../../../infra/entra/vault.ts";
import type { RecordedCall } from "../../support/scripted-cli/reply.ts";
import { newTenant, TENANT, type TenantState } from "../../support/scripted-cli/scripted-tenant.ts";
import { newWorkspace, SPACE_ID } from "../../support/scripted-cli/scripted-workspace.ts";
import { verifies } from "../../support/verifies.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../../..");
const PROGRAM = path.join(REPOSITORY, "test/support/scripted-cli/program.ts");
const ENTRA = [
  "--tenant-id",
  TENANT,
  "--base-url",
  "https://gw.example.com",
  "--vault",
  "kv-genie",
];

let folder = "";
let builtFolder = "";

/** Built once: taking the types out in each of some sixty processes is what would take the time. */
beforeAll(async () => {
  builtFolder = await mkdtemp(path.join(tmpdir(), "genie-scripted-"));
  const outfile = path.join(builtFolder, "program.mjs");
  const options = { bundle: true, platform: "node", format: "esm", outfile } as const;
  await build({ ...options, entryPoints: [PROGRAM] });
});
afterAll(() => rm(builtFolder, { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "genie-setup-"));
  await mkdir(path.join(folder, "bin"));
  await mkdir(path.join(folder, "tmp"));
});
afterEach(() => rm(folder, { recursive: true }));

async function install(program: "az" | "databricks", state: unknown): Promise<void> {
  const launcher = path.join(folder, "bin", program);
  const built = path.join(builtFolder, "program.mjs");
  const line = `exec "${process.execPath}" "${built}" ${program} "$@"`;
  await writeFile(launcher, `#!/bin/sh\n${line}\n`);
  await chmod(launcher, 0o755);
  await writeFile(path.join(folder, `${program}.json`), JSON.stringify(state));
}

const surroundings = (more: Record<string, string> = {}) => ({
  PATH: path.join(folder, "bin"),
  HOME: folder,
  TMPDIR: path.join(folder, "tmp"),
  SCRIPTED_CLI_FOLDER: folder,
  ...more,
});

async function run(script: string, args: readonly string[], more: Record<string, string> = {}) {
  const file = path.join(REPOSITORY, "infra", script);
  const child = spawn(process.execPath, [file, ...args], { cwd: folder, env: surroundings(more) });
  const texts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => texts.push(text));
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, output: texts.join("") };
}

const readState = async (program: string) =>
  JSON.parse(await readFile(path.join(folder, `${program}.json`), "utf8"));
async function readCalls(program: string): Promise<RecordedCall[]> {
  const text = await readFile(path.join(folder, `${program}.calls`), "utf8").catch(() => "");
  return text
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Real processes; the pauses between tries are written down and take no time. */
function patientCli() {
  const waits: (string | number)[] = [];
  const cli = createCli({
    platform: process.platform,
    searchPath: path.join(folder, "bin"),
    exists: () => true,
    environment: surroundings(),
    sleep: async (ms) => void waits.push(ms),
    onWait: (text) => void waits.push(text),
  });
  return { cli, waits };
}

describe("setup:entra", () => {
  verifies(
    "infra.entra-repeatable",
    "breaks in the middle, is finished by the next run, and the one after it changes nothing",
    async () => {
      await install("az", newTenant());
      const broken = await run("entra/setup-entra.ts", ENTRA, { SCRIPTED_CLI_BREAKS_AT: "12" });
      expect(broken).toMatchObject({ code: 1, output: expect.stringContaining("out of order") });
      expect((await run("entra/setup-entra.ts", ENTRA)).code).toBe(0);
      const before: TenantState = await readState("az");
      const third = await run("entra/setup-entra.ts", ENTRA);
      expect(third.code).toBe(0);
      expect(third.output).not.toMatch(/^ {3}(changed|left|later)/m);
      expect(await readState("az")).toEqual(before);
      const values = Object.values(before.secrets).flatMap((all) => all.map(({ value }) => value));
      expect(values).toHaveLength(3);
      const calls = await readCalls("az");
      const seen = [broken.output, third.output, ...calls.flatMap(({ args }) => args)].join("\n");
      expect(values.filter((value) => seen.includes(value))).toEqual([]);
      expect(calls.filter(({ input }) => values.includes(input))).toHaveLength(3);
      expect(await readdir(folder)).toEqual(["az.calls", "az.json", "bin", "tmp"]);
      expect(await readdir(path.join(folder, "tmp"))).toEqual([]);
    },
  );

  verifies("infra.setup-refusals", "Azure CLI is missing", async () => {
    const { code, output } = await run("entra/setup-entra.ts", ENTRA);
    expect(code).toBe(1);
    expect(output).toContain("az is not on PATH");
    expect(output).toContain("https://learn.microsoft.com/cli/azure/install-azure-cli");
  });

  verifies("infra.azd-hooks", "azd's hook runs it without npm and without a shell", async () => {
    await install("az", newTenant());
    await run("entra/setup-entra.ts", ["--tenant-id", TENANT]);
    const [app] = ((await readState("az")) as TenantState).applications;
    const answers = {
      ...{ TENANT_ID: TENANT, GENIE_CLIENT_ID: app?.appId ?? "", KEY_VAULT_NAME: "kv-genie" },
      GATEWAY_URL: "https://gw.example.com",
    };
    const done = await run("azd/run-hook.ts", ["postprovision"], answers);
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining("CLIENT_ID=") });
    expect(Object.keys((await readState("az")).secrets)).toHaveLength(3);
    const hostile = { ...answers, KEY_VAULT_NAME: "kv & touch ran" };
    const refused = await run("azd/run-hook.ts", ["postprovision"], hostile);
    expect(refused).toMatchObject({ code: 2, output: expect.stringContaining("--vault must be") });
    expect(await readdir(folder)).not.toContain("ran");
  });

  verifies("infra.dry-run", "needs neither the program nor a sign-in", async () => {
    const { code, output } = await run("entra/setup-entra.ts", ["--dry-run"]);
    expect(code).toBe(0);
    expect(output).toContain("$ az account show");
  });

  verifies("infra.entra-repeatable", "what was just made may not be there yet", async () => {
    await install("az", { ...newTenant(), lag: 3 });
    const { cli, waits } = patientCli();
    const upsert = {
      program: "az",
      args: [
        ...["rest", "--method", "PATCH", "--headers", "Prefer=create-if-missing"],
        ...["--url", "https://graph.microsoft.com/v1.0/applications(uniqueName='g')"],
        ...["--body", "@-"],
      ],
      input: { kind: "json", value: {} },
      planned: { kind: "nothing-there" },
    } as const;
    const { id } = (await cli.call(upsert)) as { readonly id: string };
    const url = `https://graph.microsoft.com/v1.0/applications/${id}`;
    const args = ["rest", "--method", "PATCH", "--url", url, "--body", "@-"];
    await cli.call({ ...upsert, args, mayBeEarly: "object" });
    expect(waits).toEqual(["waiting: what was just made is not there yet", 5_000, 5_000, 5_000]);
  });

  verifies("infra.entra-repeatable", "a role of the vault may take minutes", async () => {
    await install("az", { ...newTenant(), roleLag: 2 });
    const { cli, waits } = patientCli();
    expect(await readSecretFacts(cli, "kv-genie", "genie-sealing-key")).toBeUndefined();
    expect(waits).toEqual(["waiting: a new role takes some minutes", 10_000, 10_000]);
    await install("az", { ...newTenant(), roleLag: 99 });
    const refused = readSecretFacts(patientCli().cli, "kv-genie", "genie-sealing-key");
    await expect(refused).rejects.toThrow("Key Vault Secrets Officer");
    expect(await readState("az")).toMatchObject({ roleLag: 99 - 13 });
  });
});

describe("setup:databricks", () => {
  verifies("infra.databricks-grants", "run twice, nothing changes", async () => {
    await install("databricks", newWorkspace());
    const args = [
      ...["--workspace-url", "https://adb-1.2.azuredatabricks.net", "--space-id", SPACE_ID],
      ...["--client-id", TENANT, "--schema", "main.sales", "--profile", "genie"],
    ];
    expect((await run("databricks/setup-databricks.ts", args)).code).toBe(0);
    const before = await readState("databricks");
    const second = await run("databricks/setup-databricks.ts", args);
    expect(second.code).toBe(0);
    expect(second.output).not.toMatch(/^ {3}(changed|left)/m);
    expect(await readState("databricks")).toEqual(before);
    const calls = await readCalls("databricks");
    expect(new Set(calls.map(({ profile }) => profile))).toEqual(new Set(["genie"]));
  });
});
