// Lays the scripts and styles of the pages beside the bundle: two of Swagger UI, one of ReDoc, and our own. Each gets a
// hash of its content in its name and is compressed once, here. The licences of what is copied come along.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import {
  type AssetEntry,
  type AssetKey,
  type AssetManifest,
  MANIFEST_FILE,
} from "../../shared/openapi/asset-manifest.ts";

const require = createRequire(import.meta.url);

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";
const TEXT = "text/plain; charset=utf-8";
/** 11 saves another 9 %, and takes 25 times as long. */
const BROTLI_OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Where ReDoc would fetch the logo of its maker from, which is neither ours nor let through by the page's policy. */
const REMOTE_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const NO_LOGO = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

const LICENCES = [
  require.resolve("swagger-ui-dist/NOTICE"),
  require.resolve("swagger-ui-dist/LICENSE"),
  require.resolve("swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt"),
  require.resolve("redoc/LICENSE"),
  require.resolve("redoc/bundles/redoc.standalone.js.LICENSE.txt"),
];

interface Source {
  readonly type: string;
  readonly text: () => Promise<string>;
}

const SOURCES: Readonly<Record<AssetKey, Source>> = {
  "swagger-ui-bundle.js": {
    type: SCRIPT,
    text: () => readFile(require.resolve("swagger-ui-dist/swagger-ui-bundle.js"), "utf8"),
  },
  "swagger-ui.css": {
    type: STYLE,
    text: async () =>
      withoutSourceMap(await readFile(require.resolve("swagger-ui-dist/swagger-ui.css"), "utf8")),
  },
  "redoc.standalone.js": {
    type: SCRIPT,
    text: async () =>
      withoutSourceMap(
        withoutLogo(await readFile(require.resolve("redoc/bundles/redoc.standalone.js"), "utf8")),
      ),
  },
  "try-page.js": { type: SCRIPT, text: () => bundleOwn("browser/try-page-script.ts") },
  "sign-in-redirect.js": { type: SCRIPT, text: () => bundleOwn("browser/redirect-page-script.ts") },
  "read-page.js": { type: SCRIPT, text: () => bundleOwn("browser/read-page-script.ts") },
  "pages.css": { type: STYLE, text: () => bundleOwn("browser/pages.css") },
  "troubleshooting-page.css": {
    type: STYLE,
    text: () => bundleOwn("pages/troubleshooting-page.css"),
  },
  "licences.txt": { type: TEXT, text: joinLicences },
};

/** Writes them and their manifest into `folder`. @throws Error when a package is not as this file knows it */
export async function buildDocsAssets(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = Object.entries(SOURCES).map(
    async ([key, { type, text }]) =>
      [key, await writeAsset(folder, { key, type, text: await text() })] as const,
  );
  const manifest = Object.fromEntries(await Promise.all(entries)) as AssetManifest;
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
}

interface Asset {
  readonly key: string;
  readonly type: string;
  readonly text: string;
}

async function writeAsset(folder: string, { key, type, text }: Asset): Promise<AssetEntry> {
  const bytes = Buffer.from(text);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const name = key.replace(/(\.[a-z]+)$/, `-${hash}$1`);
  const files = [
    { coding: "br", file: `${name}.br`, data: brotliCompressSync(bytes, BROTLI_OPTIONS) },
    { coding: "gzip", file: `${name}.gz`, data: gzipSync(bytes, { level: 9 }) },
    { coding: "identity", file: name, data: bytes },
  ] as const;
  for (const { file, data } of files) await writeFile(join(folder, file), data);
  return { name, type, hash, files: files.map(({ coding, file }) => ({ coding, file })) };
}

async function bundleOwn(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../../shared/openapi", file)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${file} became nothing`);
  return output.text;
}

/** The maps are not deployed: a browser's tools would look for them in vain. */
function withoutSourceMap(text: string): string {
  const comment = /\s*(?:\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=[^*]+\*\/)\s*$/;
  if (!comment.test(text)) throw new Error("a packaged file names no source map any more");
  return text.replace(comment, "\n");
}

function withoutLogo(redoc: string): string {
  const parts = redoc.split(REMOTE_LOGO);
  if (parts.length !== 2) throw new Error("ReDoc names the logo of its maker in another way now");
  return parts.join(NO_LOGO);
}

async function joinLicences(): Promise<string> {
  const texts = LICENCES.map(async (file) => {
    const [, name = file] = file.replaceAll("\\", "/").split("node_modules/");
    return `===== ${name} =====\n\n${(await readFile(file, "utf8")).trim()}\n`;
  });
  return (await Promise.all(texts)).join("\n");
}
