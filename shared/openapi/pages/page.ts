// What a page is until it is sent. Types only.

import type { AssetKey } from "../asset-manifest.ts";

export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Address of one of the assets, as the page writes it. */
export type AssetUrl = (key: AssetKey) => string;
