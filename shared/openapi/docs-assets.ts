// The scripts and styles of the pages, as the build laid them beside the app. Read on request, never at start-up; which
// file is read is decided by the manifest alone.

import { readFile } from "node:fs/promises";
import path from "node:path";
import type { CacheableContent, ContentCoding } from "../http/cacheable-content.ts";
import {
  type AssetEntry,
  type AssetKey,
  type AssetManifest,
  MANIFEST_FILE,
} from "./asset-manifest.ts";

export interface DocsAssets {
  /** The names that the pages use, with their hashes. */
  names(): Promise<(key: AssetKey) => string>;
  /** By a name out of a request; undefined for any that no page uses. */
  find(name: string): Promise<CacheableContent | undefined>;
}

/** The name changes with the content. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** @param folder where the build wrote them; read with the first call. */
export function createDocsAssets(folder: string): DocsAssets {
  let manifest: Promise<AssetManifest> | undefined;
  const load = (): Promise<AssetManifest> => {
    manifest ??= readManifest(folder).catch((error: unknown) => {
      manifest = undefined;
      throw error;
    });
    return manifest;
  };
  return {
    names: async () => {
      const known = await load();
      return (key) => known[key].name;
    },
    find: async (name) => {
      const entry = Object.values(await load()).find((each) => each.name === name);
      return entry && toContent(folder, entry);
    },
  };
}

async function readManifest(folder: string): Promise<AssetManifest> {
  return JSON.parse(await readFile(path.join(folder, MANIFEST_FILE), "utf8"));
}

function toContent(folder: string, { type, hash, files }: AssetEntry): CacheableContent {
  const [first, ...others] = files.map(
    ({ coding, file }): ContentCoding => ({
      name: coding,
      etag: `"${hash}-${coding}"`,
      read: async () => new Uint8Array(await readFile(path.join(folder, file))),
    }),
  );
  if (first === undefined) throw new Error("an asset without a file");
  return { type, cacheControl: FOR_EVER, codings: [first, ...others] };
}
