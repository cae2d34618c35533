// Lays the scripts and styles of the pages beside the bundle: two of Swagger UI, one of ReDoc, and our own. Each gets a
// hash of its content in its name and is compressed once, here. The licences of what is copied come along.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import {
  type AssetEntry,
  type AssetKey,
  type AssetManifest,
  MANIFEST_FILE,
} from "../../shared/openapi/asset-manifest.ts";

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";
const TEXT = "text/plain; charset=utf-8";
/** 11 saves another 9 %, and takes 25 times as long. */
const BROTLI_OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Where ReDoc would fetch the logo of its maker from, which is neither ours nor let through by the page's policy. */
const REMOTE_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const NO_LOGO = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

const LICENCES = [
  "swagger-ui-dist/NOTICE",
  "swagger-ui-dist/LICENSE",
  "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt",
  "redoc/LICENSE",
  "redoc/bundles/redoc.standalone.js.LICENSE.txt",
];

/** Writes them into `folder`. @throws Error when a package is not as this file knows it */
export async function buildDocsAssets(repository: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const read = (file: string) => readFile(join(repository, "node_modules", file), "utf8");
  const own = (file: string) => bundleOwn(join(repository, "shared/openapi/browser", file));
  const add = (key: AssetKey, type: string, text: string) =>
    writeAsset(folder, { key, type, text });
  const redoc = withoutLogo(await read("redoc/bundles/redoc.standalone.js"));
  const manifest: AssetManifest = {
    "swagger-ui-bundle.js": await add(
      "swagger-ui-bundle.js",
      SCRIPT,
      withoutSourceMap(await read("swagger-ui-dist/swagger-ui-bundle.js")),
    ),
    "swagger-ui.css": await add(
      "swagger-ui.css",
      STYLE,
      withoutSourceMap(await read("swagger-ui-dist/swagger-ui.css")),
    ),
    "redoc.standalone.js": await add("redoc.standalone.js", SCRIPT, withoutSourceMap(redoc)),
    "try-page.js": await add("try-page.js", SCRIPT, await own("try-page.ts")),
    "sign-in-redirect.js": await add(
      "sign-in-redirect.js",
      SCRIPT,
      await own("sign-in-redirect.ts"),
    ),
    "read-page.js": await add("read-page.js", SCRIPT, await own("read-page.ts")),
    "pages.css": await add("pages.css", STYLE, await own("pages.css")),
    "licences.txt": await add("licences.txt", TEXT, await joinLicences(read)),
  };
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
}

interface Asset {
  readonly key: AssetKey;
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
    entryPoints: [file],
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
  return text.replace(
    /\n?(?:\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ ?\*\/)\s*$/,
    "\n",
  );
}

function withoutLogo(redoc: string): string {
  const parts = redoc.split(REMOTE_LOGO);
  if (parts.length !== 2) throw new Error("ReDoc names the logo of its maker in another way now");
  return parts.join(NO_LOGO);
}

async function joinLicences(read: (file: string) => Promise<string>): Promise<string> {
  const texts = await Promise.all(
    LICENCES.map(async (file) => `===== ${file} =====\n\n${(await read(file)).trim()}\n`),
  );
  return texts.join("\n");
}
