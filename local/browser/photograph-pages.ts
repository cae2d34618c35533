// Photographs of the pages of a running stand: /docs with an answer, its sign-in, /redoc and /docs/errors. No token is on
// any of them: the page itself shows none.

import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { ANALYST } from "../users.ts";
import { ask, openSignIn, openTryPage } from "./try-page-driver.ts";

const SIZE = { width: 1100, height: 800 };

/** Takes the part of the page between these two heights, in pixels; the first screen by default. */
type Take = (page: Page, file: string, part?: { top: number; bottom: number }) => Promise<void>;

/** Writes the PNG files into `folder`. @returns their names */
export async function photographPages(
  browser: Browser,
  gateway: string,
  folder: string,
): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: SIZE });
  const taken: string[] = [];
  const take: Take = async (page, file, { top, bottom } = { top: 0, bottom: SIZE.height }) => {
    const clip = { x: 0, y: top, width: SIZE.width, height: bottom - top };
    await page.screenshot({ path: path.join(folder, file), clip, fullPage: true });
    taken.push(file);
  };
  try {
    await photographTryPage(await context.newPage(), gateway, take);
    const reading = await context.newPage();
    await reading.goto(`${gateway}/redoc`);
    await reading.locator("h2").first().waitFor();
    await take(reading, "page-redoc.png");
    await reading.goto(`${gateway}/docs/errors#genie_space_forbidden`);
    await take(reading, "page-errors.png", await heightsOf(reading, ":target", ":target"));
  } finally {
    await context.close();
  }
  return taken;
}

async function photographTryPage(page: Page, gateway: string, take: Take): Promise<void> {
  await openTryPage(page, gateway);
  const window = await openSignIn(page);
  await page.locator(".modal-ux-content").evaluate((dialog) => dialog.scrollTo(0, 0));
  await take(page, "page-docs-sign-in.png");
  const closed = window.waitForEvent("close");
  await window.getByRole("button", { name: ANALYST.displayName }).click();
  await closed;
  await page.locator(".btn-done").first().click();
  await ask(page, "average delay by origin");
  const part = await heightsOf(page, ".opblock-section-request-body", ".live-responses-table");
  await take(page, "page-docs-answer.png", part);
}

/** From the top of one element to the bottom of another. */
async function heightsOf(page: Page, first: string, last: string) {
  await page.evaluate("scrollTo(0, 0)");
  const [from, to] = [
    await page.locator(first).first().boundingBox(),
    await page.locator(last).first().boundingBox(),
  ];
  if (from === null || to === null) throw new Error(`${first} or ${last} is not on the page`);
  return { top: Math.max(0, from.y - 10), bottom: to.y + to.height + 10 };
}
