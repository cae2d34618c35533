// Photographs of the pages of a running stand: /docs with an answer, its sign-in, /redoc and /docs/errors. No token is on
// any of them: the page itself shows none.

import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { ANALYST } from "../users.ts";
import { ask, openSignIn, openTryPage } from "./try-page-driver.ts";

const SIZE = { width: 1100, height: 800 };

/** Writes the PNG files into `folder`. */
export async function photographPages(
  browser: Browser,
  gateway: string,
  folder: string,
): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: SIZE });
  const taken: string[] = [];
  const take = async (page: Page, file: string, height = SIZE.height): Promise<void> => {
    const clip = { x: 0, y: 0, width: SIZE.width, height };
    await page.screenshot({ path: path.join(folder, file), clip, fullPage: true });
    taken.push(file);
  };
  try {
    await photographTryPage(await context.newPage(), gateway, take);
    const reading = await context.newPage();
    await reading.goto(`${gateway}/redoc`);
    await reading.locator("h2").first().waitFor();
    await take(reading, "page-redoc.png");
    await reading.goto(`${gateway}/docs/errors`);
    await take(reading, "page-errors.png");
  } finally {
    await context.close();
  }
  return taken;
}

async function photographTryPage(
  page: Page,
  gateway: string,
  take: (page: Page, file: string, height?: number) => Promise<void>,
): Promise<void> {
  await openTryPage(page, gateway);
  const window = await openSignIn(page);
  await take(page, "page-docs-sign-in.png");
  const closed = window.waitForEvent("close");
  await window.getByRole("button", { name: ANALYST.displayName }).click();
  await closed;
  await page.locator(".btn-done").first().click();
  await ask(page, "average delay by origin");
  await take(page, "page-docs-answer.png", 1_700);
}
