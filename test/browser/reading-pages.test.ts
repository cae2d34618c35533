// The pages /redoc and /docs/errors in Chromium: they show everything, ask nobody else, and break no policy.

import { expect } from "vitest";
import { ERROR_CODES } from "../../shared/errors/error-catalogue.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { useBrowser } from "./use-browser.ts";
import { foreignHosts } from "./watched-context.ts";

const stand = useStand("browser-reading-pages");
const openContext = useBrowser(stand);

interface Operation {
  readonly summary: string;
}

verifies("docs.reference", "every operation is shown, nothing is refused", async () => {
  const { context, violations, errors, requests } = await openContext();
  const failed: string[] = [];
  context.on("requestfailed", (request) => failed.push(request.url()));
  const page = await context.newPage();
  await page.goto(`${stand().url}/redoc`);
  const document = JSON.parse(await (await fetch(`${stand().url}/openapi.json`)).text());
  const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = document.paths;
  const summaries = Object.values(paths).flatMap((item) =>
    Object.values(item).map(({ summary }) => summary),
  );
  expect(summaries.length).toBeGreaterThan(20);
  for (const summary of summaries) {
    await page.locator("h2", { hasText: summary }).first().waitFor();
  }
  expect({ violations, errors, failed }).toEqual({ violations: [], errors: [], failed: [] });
  expect(foreignHosts(requests)).toEqual([]);
});

verifies("docs.problem-types", "the type of a problem leads to its place", async () => {
  const { context, violations, errors } = await openContext();
  const page = await context.newPage();
  const refused = await fetch(`${stand().url}/api/v1/me`);
  const { type, code } = JSON.parse(await refused.text());
  await page.goto(type);
  const place = page.locator(":target");
  expect(await place.getAttribute("id")).toBe(code);
  const box = await place.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(900); // scrolled to
  for (const each of ERROR_CODES) expect(await page.locator(`[id="${each}"]`).count()).toBe(1);
  expect({ violations, errors }).toEqual({ violations: [], errors: [] });
});
