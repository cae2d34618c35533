// The rules of the deployment workflow as a pure function over its text, so that each can be shown to turn red.

import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: { readonly package: Job; readonly deploy: Job };
}

const TESTS = ["npm ci", "npm run typecheck", "npm run lint", "npm test", "npm run infra:check"];
const PINNED = /^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/;

export function workflowFaults(text: string): string[] {
  const workflow: Workflow = parse(text);
  const { package: build, deploy } = workflow.jobs;
  const steps = [...build.steps, ...deploy.steps];
  const uses = steps.flatMap((step) => step.uses ?? []);
  const login = deploy.steps.find((step) => step.uses?.startsWith("azure/login@"))?.with ?? {};
  const rules: [string, boolean][] = [
    ["no secret is stored", !/\bsecrets\b\s*[.[]/.test(text)],
    ["OIDC", "client-id" in login && "tenant-id" in login && !("creds" in login)],
    ["actions are pinned to commits", uses.length > 0 && uses.every((each) => PINNED.test(each))],
    ["reads the code, nothing else", same(workflow.permissions, { contents: "read" })],
    ["the tests have no token", build.permissions === undefined],
    ["only the deployment has one", same(deploy.permissions, { "id-token": "write" })],
    [
      "only pushes and people start it",
      same(Object.keys(workflow.on), ["push", "workflow_dispatch"]),
    ],
    ["no text of others becomes a script", steps.every(({ run }) => !run?.includes("${{"))],
    ["the deployment waits for the tests", deploy.needs === "package"],
    ["tests, then packs", inOrder(build, [...TESTS, "npm run pack"])],
    ["what was packed is what is deployed", deploysPackage(build, deploy)],
    [
      "the package knows its commit",
      /^\$\{\{ github\.sha \}\}$/.test(
        build.steps.find(({ run }) => run === "npm run pack")?.env?.BUILD_COMMIT ?? "",
      ),
    ],
    ["waits until it is ready", waitingScript(text).includes('"$GATEWAY_URL/health/ready"')],
  ];
  return rules.filter(([, holds]) => !holds).map(([name]) => name);
}

/** The last step of the deployment. */
export function waitingScript(text: string): string {
  const { jobs }: Workflow = parse(text);
  return jobs.deploy.steps.at(-1)?.run ?? "";
}

function deploysPackage(build: Job, deploy: Job): boolean {
  const stored = build.steps.find((step) => step.uses?.includes("/upload-artifact@"))?.with;
  const script = deploy.steps.flatMap(({ run }) => run ?? []).join("\n");
  return (
    stored?.path === ".local/package.zip" && /--src package\.zip --build-remote false/.test(script)
  );
}

function inOrder({ steps }: Job, commands: readonly string[]): boolean {
  const places = commands.map((command) => steps.findIndex(({ run }) => run === command));
  return places.every((place, index) => place > (places[index - 1] ?? -1));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
