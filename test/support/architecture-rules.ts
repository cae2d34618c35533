// The rules of the architecture test as a pure function over sources, so that each rule can be shown to turn red
// on a planted violation. It reads text, not types: imports are found by their form, which Biome keeps uniform.

import path from "node:path";

/** File path from the repository's root → source. */
export type Sources = ReadonlyMap<string, string>;

interface Import {
  readonly specifier: string;
  /** `import type` vanishes at run time; `import { type X }` does not (verbatimModuleSyntax). */
  readonly kind: "static" | "type" | "dynamic";
}

/**
 * Who may import what (design §5), besides a folder's own files. `x (types)`: `import type` alone. `x/file.ts`: that file alone.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  functions: ["app", "contracts", "http"],
  http: ["contracts", "auth (types)", "telemetry", "errors"],
  contracts: ["operations (types)", "errors"],
  operations: ["telemetry", "errors"],
  databricks: ["operations", "outbound", "sealing", "telemetry", "errors"],
  callbacks: ["operations", "outbound", "sealing", "telemetry", "errors"],
  stores: ["operations", "outbound", "sealing", "telemetry", "errors"],
  presentation: ["contracts (types)", "contracts/problem.ts", "operations (types)", "errors"],
  auth: ["outbound", "telemetry", "errors"],
  health: ["telemetry", "errors"],
  // The generated document that is served is among the documents (docs/adr/0015).
  openapi: ["contracts", "http", "errors", "../docs/openapi.json"],
  outbound: ["telemetry", "errors"],
  sealing: ["errors"],
  config: ["errors"],
  telemetry: ["errors"],
  errors: [],
};
const KNOW_AZURE_FUNCTIONS = ["functions", "http"];
const READ_ENVIRONMENT = ["config"];
const MAX_IMPORTS = 12;
/** The composition root wires everything, so it may know more. */
const MAX_IMPORTS_OF_APP = 25;
const MAX_LINES = 300;
const MAX_HEADER_LINES = 6;
const START = "functions/main.ts";
/** Cost tens to hundreds of milliseconds of every cold start (design §1.5). */
const HEAVY = /^(zod|jose|@microsoft\/|@opentelemetry\/|@azure\/(?!functions$))/;

/** Every violation in these sources, one line each; empty when all is well. */
export function violationsIn(sources: Sources): string[] {
  const perFile = [...sources].flatMap(([file, source]) =>
    [...layerFaults(file, source), ...sizeFaults(source)].map((fault) => `${file}: ${fault}`),
  );
  return [...perFile, ...startPathFaults(sources)];
}

function layerFaults(file: string, source: string): string[] {
  const layer = layerOf(file);
  if (layer === "local" || layer === "infra") return [];
  if (layer !== "app" && MAY_IMPORT[layer] === undefined) return [`unknown folder ${layer}`];
  const imports = importsOf(source);
  const count = new Set(imports.map(({ specifier }) => specifier)).size;
  const most = mostImports(file);
  return [
    ...imports.flatMap((each) => importFault(file, each)),
    ...(count > most ? [`${count} imports, at most ${most}`] : []),
    ...(/\bprocess\.env\b|"node:process"/.test(source) && !READ_ENVIRONMENT.includes(layer)
      ? ["only shared/config reads the environment"]
      : []),
  ];
}

function mostImports(file: string): number {
  if (file === START) return Number.POSITIVE_INFINITY; // it does nothing but import every function
  return layerOf(file) === "app" ? MAX_IMPORTS_OF_APP : MAX_IMPORTS;
}

function importFault(file: string, { specifier, kind }: Import): string[] {
  const layer = layerOf(file);
  if (specifier === "@azure/functions" && !KNOW_AZURE_FUNCTIONS.includes(layer)) {
    return ["only functions and shared/http know @azure/functions"];
  }
  if (!specifier.startsWith(".")) return [];
  const target = resolve(file, specifier);
  const targetLayer = layerOf(target);
  if (targetLayer === layer || (layer === "app" && target.startsWith("shared/"))) return [];
  const allowed = MAY_IMPORT[layer] ?? [];
  const isAllowed =
    allowed.includes(targetLayer) ||
    (kind === "type" && allowed.includes(`${targetLayer} (types)`)) ||
    allowed.some((each) => path.posix.join("shared", each) === target);
  return isAllowed ? [] : [`${layer} may not import ${target}${kind === "type" ? " (types)" : ""}`];
}

function sizeFaults(source: string): string[] {
  const lines = source
    .replace(/^#!.*\n/, "")
    .trimEnd()
    .split("\n");
  const code = lines.findIndex((line) => !line.startsWith("//"));
  const header = code === -1 ? lines.length : code;
  return [
    ...(header === 0 ? ["no comment at the top that says what it is"] : []),
    ...(header > MAX_HEADER_LINES ? [`a header of ${header} lines`] : []),
    ...(lines.length > MAX_LINES ? [`${lines.length} lines, at most ${MAX_LINES}`] : []),
  ];
}

/** Follows static imports from the entry point: what they load, every cold start pays for. */
function startPathFaults(sources: Sources): string[] {
  const seen = new Set(sources.has(START) ? [START] : []);
  const faults: string[] = [];
  for (const file of seen) {
    // a Set's loop also visits what is added on the way
    const loaded = importsOf(sources.get(file) ?? "").filter(({ kind }) => kind === "static");
    const [own, packages] = [loaded.filter(isOwn), loaded.filter((each) => !isOwn(each))];
    for (const { specifier } of own) seen.add(resolve(file, specifier));
    const heavy = packages.filter(({ specifier }) => HEAVY.test(specifier));
    faults.push(...heavy.map(({ specifier }) => `${file}: ${specifier} is on the start-up path`));
  }
  return faults;
}

function isOwn({ specifier }: Import): boolean {
  return specifier.startsWith(".");
}

function importsOf(source: string): Import[] {
  const code = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
  const named = [...code.matchAll(/\b(?:import|export)\s+(type\s)?[^"';()=]*?\bfrom\s*"([^"]+)"/g)];
  const bare = [...code.matchAll(/\bimport\s*"([^"]+)"/g)];
  const dynamic = [...code.matchAll(/\bimport\s*\(\s*["'`]([^"'`]+)["'`]/g)];
  return [
    ...named.map(([, type, specifier = ""]) => ({
      specifier,
      kind: type ? ("type" as const) : ("static" as const),
    })),
    ...bare.map(([, specifier = ""]) => ({ specifier, kind: "static" as const })),
    ...dynamic.map(([, specifier = ""]) => ({ specifier, kind: "dynamic" as const })),
  ];
}

function resolve(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(file), specifier);
}

/** `shared/http/reply.ts` → `http`; anything else → its first folder. */
function layerOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "shared" ? second : first;
}
