// The dry run as somebody sees it who does it for the first time: nothing is called, every call of a real run is
// there in order, every placeholder is explained.

import { describe, expect } from "vitest";
import { showCall } from "../../../infra/cli/show-call.ts";
import {
  type SetupOutcome,
  setUpDatabricks,
  setUpEntra,
} from "../../support/scripted-cli/in-process.ts";
import type { RecordedCall } from "../../support/scripted-cli/reply.ts";
import { newTenant, TENANT } from "../../support/scripted-cli/scripted-tenant.ts";
import { newWorkspace, SPACE_ID } from "../../support/scripted-cli/scripted-workspace.ts";
import { verifies } from "../../support/verifies.ts";

const CLIENT = "33333333-2222-4333-8444-555555555555";
const FULL_ENTRA = [
  ...["--tenant-id", TENANT, "--base-url", "https://gw.example.com", "--vault", "kv-genie"],
  "--allow-cli",
];
const FULL_DATABRICKS = [
  ...["--workspace-url", "https://adb-1.2.azuredatabricks.net", "--client-id", CLIENT],
  ...["--space-id", SPACE_ID, "--group", "analysts", "--schema", "main.sales"],
];

const commandsIn = ({ printed }: SetupOutcome) =>
  [...printed.matchAll(/^ {3}\$ (.+)$/gm)].map(([, line = ""]) => line);

/** A placeholder stands for one word. */
function stands(line: string, call: RecordedCall, program: "az" | "databricks"): boolean {
  const environment =
    program === "az" ? {} : { DATABRICKS_HOST: "https://adb-1.2.azuredatabricks.net" };
  const planned = { kind: "nothing-there" } as const;
  const [real = ""] = showCall({ program, args: call.args, environment, planned });
  const plain = (text: string) => text.replaceAll(/['"\\]/g, "");
  const form = plain(line)
    .replaceAll(/[.*+?^${}()|[\]]/g, "\\$&")
    .replaceAll(/<[^<>]+>/g, "[^ ,]+")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, "[^ ,]+");
  return new RegExp(`^${form}$`).test(plain(real.replace("$ ", "")));
}

const LEGEND = "\nNot known yet, and where each comes from:\n";

/** The title of the step that the legend names for this placeholder. */
function sourceOf({ printed }: SetupOutcome, name: string): string | undefined {
  const [plan = "", legend = ""] = printed.split(LEGEND);
  const number = new RegExp(`^  <${name}>: step (\\d+): `, "m").exec(legend)?.[1];
  return new RegExp(`^${number}\\. (.+)$`, "m").exec(plan)?.[1];
}

function unexplainedIn({ printed }: SetupOutcome): string[] {
  const [plan = "", legend = ""] = printed.split(LEGEND);
  const used = new Set([...plan.matchAll(/<[^<>\n]+>/g)].map(([name]) => name));
  const explained = (name: string) =>
    new RegExp(`^  ${name}: (option --\\S+|step [1-9]\\d*): .{10,}`, "m").test(legend);
  return [...used].filter((name) => !explained(name));
}

describe("registration", () => {
  verifies(
    "infra.dry-run",
    "it shows the calls of a run on an empty tenant, in order",
    async () => {
      const dry = await setUpEntra(newTenant(), [...FULL_ENTRA, "--dry-run"]);
      const real = await setUpEntra(newTenant({ principals: [] }), FULL_ENTRA);
      const lines = commandsIn(dry);
      expect(dry.calls).toEqual([]);
      expect(lines).toHaveLength(real.calls.length);
      const others = lines.filter((line, at) => !stands(line, real.calls[at] ?? none, "az"));
      expect(others).toEqual([]);
    },
  );

  const choices = [[], ["--allow-cli"], ["--credential", "managed-identity"], FULL_ENTRA];
  for (const choice of choices) {
    verifies("infra.dry-run", `nothing is left unexplained: ${choice.join(" ")}`, async () => {
      const dry = await setUpEntra(newTenant({ signedIn: null }), [...choice, "--dry-run"]);
      expect([dry.code, dry.calls]).toEqual([0, []]);
      expect(unexplainedIn(dry)).toEqual([]);
      expect(dry.printed).not.toMatch(/undefined|not explained|null/);
      expect(commandsIn(dry).length).toBeGreaterThan(10);
    });
  }
});

verifies("infra.dry-run", "the legend names the step that a value comes from", async () => {
  const entra = await setUpEntra(newTenant(), ["--dry-run"]);
  const sources = [
    ["application object id", "Application"],
    ["client id", "Application"],
    ["Databricks principal id", "Azure Databricks in this tenant"],
    ["gateway principal id", "Service principal of the gateway"],
    ["scope id", "Scope, role, token version, redirect, permission"],
    ["credential id", "Client secret"],
  ] as const;
  for (const [name, title] of sources) expect(sourceOf(entra, name), name).toBe(title);
  const databricks = await setUpDatabricks(newWorkspace(), ["--dry-run"]);
  expect(sourceOf(databricks, "warehouse id")).toBe("SQL warehouses of the spaces");
});

describe("grants", () => {
  verifies(
    "infra.dry-run",
    "it shows the calls of a run on a new workspace, in order",
    async () => {
      const dry = await setUpDatabricks(newWorkspace(), [...FULL_DATABRICKS, "--dry-run"]);
      const real = await setUpDatabricks(newWorkspace(), FULL_DATABRICKS);
      const lines = commandsIn(dry);
      expect(dry.calls).toEqual([]);
      expect(lines).toHaveLength(real.calls.length);
      const others = lines.filter(
        (line, at) => !stands(line, real.calls[at] ?? none, "databricks"),
      );
      expect(others).toEqual([]);
    },
  );

  for (const choice of [[], ["--group", "analysts"], FULL_DATABRICKS]) {
    verifies("infra.dry-run", `nothing is left unexplained: ${choice.join(" ")}`, async () => {
      const dry = await setUpDatabricks(newWorkspace({ isSignedIn: false }), [
        ...choice,
        "--dry-run",
      ]);
      expect([dry.code, dry.calls]).toEqual([0, []]);
      expect(unexplainedIn(dry)).toEqual([]);
      expect(dry.printed).not.toMatch(/undefined|not explained|null/);
    });
  }
});

const none: RecordedCall = { args: [], input: "" };
