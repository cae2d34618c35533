// The guides keep up with the product: every JSON block is of a kind that is checked against it, every link leads
// somewhere, and every setting and path that they name exists.

import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { GATEWAY_API } from "../../local/users.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";
import { askInput } from "../../shared/contracts/asking-schemas.ts";
import * as routes from "../../shared/contracts/routes.ts";
import { jsonSnippets } from "../support/guide-snippets.ts";
import { verifies } from "../support/verifies.ts";
import {
  action,
  authentication,
  workflowDefinition,
} from "../support/workflow-engine/workflow-definition.ts";

const INDEX = "docs/guides/README.md";
const guides = globSync("docs/guides/*.md").toSorted();
const read = (file: string) => readFileSync(file, "utf8");

const registration = z.strictObject({
  identifierUris: z.tuple([z.literal("api://<client-id>")]),
  api: z.strictObject({
    requestedAccessTokenVersion: z.literal(GATEWAY_API.api?.accessTokenVersion),
    oauth2PermissionScopes: z.tuple([
      z.looseObject({ value: z.literal("access_as_user"), type: z.literal("User") }),
    ]),
  }),
  appRoles: z.tuple([
    z.looseObject({
      value: z.literal("Genie.Ask"),
      allowedMemberTypes: z.tuple([z.literal("Application")]),
    }),
  ]),
  spa: z.strictObject({ redirectUris: z.tuple([z.string().endsWith("/docs/oauth2-redirect")]) }),
});
const federatedCredential = z.strictObject({
  name: z.string(),
  issuer: z.literal("https://login.microsoftonline.com/<tenant-id>/v2.0"),
  subject: z.string(),
  audiences: z.tuple([z.literal("api://AzureADTokenExchange")]),
});

/** Property by which a block is known → what it must be. */
const KINDS: Readonly<Record<string, z.ZodType>> = {
  $schema: workflowDefinition,
  runAfter: action,
  clientId: authentication,
  identifierUris: registration,
  issuer: federatedCredential,
  visualizations: answerSchema,
  query: askInput.body,
};

/** The kind of the block and its faults; undefined for a kind that nobody checks. */
function faultsOf(text: string): string | undefined {
  const value: unknown = JSON.parse(text);
  const kind = Object.entries(KINDS).find(([name]) =>
    Object.hasOwn(z.object({}).loose().parse(value), name),
  );
  return kind?.[1].safeParse(value).error?.message ?? (kind ? "" : undefined);
}

describe("the guides", () => {
  verifies("guides.runnable", "hold only JSON that fits what it is shown for", () => {
    const blocks = guides.flatMap((file) => jsonSnippets(file).map((each) => ({ file, ...each })));
    expect(blocks.length).toBeGreaterThanOrEqual(10);
    const faulty = blocks
      .map(({ file, line, text }) => ({ at: `${file}:${line}`, fault: faultsOf(text) }))
      .filter(({ fault }) => fault !== "");
    expect(faulty).toEqual([]);
    const fences = guides.flatMap((file) => [...read(file).matchAll(/^```json\S*$/gm)]);
    expect(fences).toHaveLength(blocks.length);
  });

  test("say at the top that they were not run on a live tenant, and are listed", () => {
    const own = guides.filter((file) => file !== INDEX);
    expect(own.length).toBeGreaterThanOrEqual(5);
    const silent = own.filter(
      (file) => !read(file).split("\n").slice(0, 4).join("\n").includes("Not run on a live tenant"),
    );
    expect(silent).toEqual([]);
    expect(own.filter((file) => !read(INDEX).includes(`](${path.basename(file)})`))).toEqual([]);
  });

  test("lead somewhere: every link to a file, and to a heading or anchor in it", () => {
    const links = [...guides, "docs/README.md"].flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https:)([^)\s]*)\)/g)].map(([, to = ""]) => ({ file, to })),
    );
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter(({ file, to }) => !leadsSomewhere(file, to))).toEqual([]);
    expect(leadsSomewhere(INDEX, "../errors.md#no_such_code")).toBe(false);
    expect(leadsSomewhere(INDEX, "gone.md")).toBe(false);
  });

  test("name only settings and paths that exist", () => {
    const text = guides.map(read).join("\n");
    const settings = read("local.settings.json.example");
    const named = [...text.matchAll(/\b[A-Z]+(?:_+[A-Z]+)+\b/g)].map(([name]) => name);
    const unknown = named.filter(
      (name) => !(settings.includes(`"${name}"`) || isOfShell(name, text)),
    );
    expect(new Set(unknown)).toEqual(new Set());
    const paths = [...text.matchAll(/(?<!\/)\/((?:genie|api\/v1|health)\/[\w\-/{}]*\w\}?)/g)];
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.map(([, each = ""]) => each).filter((each) => !isRoute(each))).toEqual([]);
  });
});

test("actions of the connector are called by the names that a maker sees", () => {
  const named = guides.flatMap((file) => [
    ...read(file).matchAll(/\*\*((?:Ask Genie|Get )[^*]*)\*\*/g),
  ]);
  const connector = read("infra/connector/apiDefinition.swagger.json");
  const summaries = [...connector.matchAll(/"summary": "([^"]*)"/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.map(([, name]) => name).filter((name) => !summaries.includes(name))).toEqual([]);
});

/** A variable that a command of the guide sets itself. */
const isOfShell = (name: string, text: string): boolean => text.includes(`\n${name}=$(`);

function isRoute(named: string): boolean {
  return Object.values(routes).some((route) =>
    new RegExp(`^${route.path.replaceAll(/\{[^}]*\}/g, "[^/]+")}$`).test(named),
  );
}

function leadsSomewhere(file: string, to: string): boolean {
  const [target = "", anchor] = to.split("#");
  const found = target === "" ? file : path.join(path.dirname(file), target);
  if (!existsSync(found)) return false;
  return anchor === undefined || anchorsOf(found).has(anchor);
}

/** Anchors as GitHub makes them of headings, and those set by hand. */
function anchorsOf(file: string): Set<string> {
  const text = read(file);
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="(\w+)">/g)].map(([, id = ""]) => id)]);
}
