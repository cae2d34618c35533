// What the build writes beside the scripts and styles of the pages, and the app reads with the first request for a
// page: plain data. It is a list: no name that a request carries ever becomes part of a path.

/** Beside the bundle. */
export const DOCS_ASSETS_FOLDER = "docs";
/** In that folder. */
export const MANIFEST_FILE = "manifest.json";

/** What the pages need, by the name that the build knows it by. */
export type AssetKey =
  | "swagger-ui-bundle.js"
  | "swagger-ui.css"
  | "redoc.standalone.js"
  | "try-page.js"
  | "sign-in-redirect.js"
  | "read-page.js"
  | "pages.css"
  | "troubleshooting-page.css"
  | "licences.txt";

export interface AssetEntry {
  /** What the pages call it: carries a hash of the content, so that it may be kept for ever. */
  readonly name: string;
  readonly type: string;
  /** Hexadecimal, of the content. */
  readonly hash: string;
  /** File names in the folder, the smallest first. */
  readonly files: readonly { readonly coding: "br" | "gzip" | "identity"; readonly file: string }[];
}

export type AssetManifest = Readonly<Record<AssetKey, AssetEntry>>;
