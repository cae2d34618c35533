// One browser for the tests of a file, and a fresh watched context for each test.

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { findBrowser } from "../../local/browser/browser.ts";
import { openBrowser } from "../../local/browser/open-browser.ts";
import type { Stand } from "../../local/stand/start-stand.ts";
import { type Watched, watchedContext } from "./watched-context.ts";

/** Called after `useStand`, whose certificate it trusts. */
export function useBrowser(stand: () => Stand): () => Promise<Watched> {
  let browser: Browser | undefined;
  const open: Watched[] = [];
  beforeAll(async () => {
    browser = await openBrowser({
      executable: findBrowser(),
      certificate: stand().certificates.cert,
    });
  });
  afterEach(async () => {
    for (const { context } of open.splice(0)) await context.close();
  });
  afterAll(() => browser?.close());
  return async () => {
    if (browser === undefined) throw new Error("the browser is there inside tests only");
    const watched = await watchedContext(browser);
    open.push(watched);
    return watched;
  };
}
