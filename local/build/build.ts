// The production build: one split ESM bundle from `functions/main.ts`. It fails when a library that must wait
// for its first use would be loaded at start-up (design §1.5), so a slow cold start never gets deployed.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { DOCS_ASSETS_FOLDER } from "../../shared/openapi/asset-manifest.ts";
import { readBuildCommit } from "./build-commit.ts";
import { buildDocsAssets } from "./docs-assets.ts";
import { packagesAtStartup } from "./startup-imports.ts";

export interface BuildOptions {
  /** Default `functions/main.ts`, with the assets of its pages; the output is always called `main.mjs`. */
  readonly entry?: string;
  /** Default `dist`. Emptied first. */
  readonly outFolder?: string;
}

/** What only a request may load, never the start-up path. */
export const lazyPackages = [
  "zod",
  "jose",
  "@azure/msal-node",
  "@azure/msal-common",
  "@azure/identity",
  "@azure/keyvault-secrets",
  "@azure/data-tables",
  "@azure/storage-queue",
  "standardwebhooks",
  "@microsoft/teams.cards",
  "@azure/core-rest-pipeline",
  "@opentelemetry/api",
  "@opentelemetry/core",
  "@opentelemetry/sdk-metrics",
  "@opentelemetry/sdk-trace",
  "@opentelemetry/exporter-trace-otlp-http",
  "@azure/monitor-opentelemetry-exporter",
] as const;

const repository = fileURLToPath(new URL("../..", import.meta.url));

// CommonJS packages in an ESM bundle call `require` for Node's own modules; ESM has none (functions-host.md 9).
const banner = [
  'import{createRequire as __createRequire}from"node:module";',
  'import{fileURLToPath as __toPath}from"node:url";',
  'import{dirname as __dirOf}from"node:path";',
  "const require=__createRequire(import.meta.url),__filename=__toPath(import.meta.url),__dirname=__dirOf(__filename);",
].join("");

/** Writes the bundle and returns esbuild's account of it. Throws when a lazy package is loaded at start-up. */
export async function buildApp(options: BuildOptions = {}): Promise<Metafile> {
  const entry = options.entry ?? join(repository, "functions", "main.ts");
  const outFolder = options.outFolder ?? join(repository, "dist");
  const commit = readBuildCommit(process.env);
  await rm(outFolder, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { main: entry },
    outdir: outFolder,
    absWorkingDir: repository,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    define: commit === undefined ? {} : { BUILD_COMMIT: JSON.stringify(commit) },
    external: ["@azure/functions-core"], // exists only inside the worker
    banner: { js: banner },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const early = packagesAtStartup(metafile, "main.mjs").filter((name) =>
    lazyPackages.some((lazy) => lazy === name),
  );
  if (early.length > 0) {
    throw new Error(`Loaded at start-up, but must wait for its first use: ${early.join(", ")}`);
  }
  if (options.entry === undefined) {
    await buildDocsAssets(join(outFolder, DOCS_ASSETS_FOLDER));
  }
  return metafile;
}

if (import.meta.main) {
  const { outputs } = await buildApp();
  const bytes = Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.info(`dist: ${Object.keys(outputs).length} files, ${Math.round(bytes / 1024)} KiB`);
}
