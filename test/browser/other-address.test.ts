// The page /docs at another address than the configured one, as behind a custom domain that PUBLIC_BASE_URL does not
// name: it says so and leads home, and a sign-in begun there leaves no code in an address bar.

import { expect } from "vitest";
import { openSignIn, openTryPage, signIn } from "../../local/browser/try-page-driver.ts";
import { ANALYST } from "../../local/users.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { useBrowser } from "./use-browser.ts";

// Several workers share one PUBLIC_BASE_URL, which names 127.0.0.1.
const stand = useStand("browser-other-address", { workers: 2 });
const openContext = useBrowser(stand);

const elsewhere = () => stand().url.replace("127.0.0.1", "localhost");

verifies("docs.other-address", "the page says where it works, and works there", async () => {
  const { context, violations, errors } = await openContext();
  const page = await context.newPage();
  await openTryPage(page, elsewhere());
  const notice = page.getByRole("alert");
  await notice.waitFor();
  const link = notice.getByRole("link", { name: `${stand().url}/docs` });
  await link.click();
  await page.waitForURL(`${stand().url}/docs`);
  await signIn(page, ANALYST.displayName);
  expect(await notice.isVisible()).toBe(false);
  expect({ violations, errors }).toEqual({ violations: [], errors: [] });
});

verifies("docs.other-address", "a sign-in begun elsewhere leaves no code behind", async () => {
  const { context, requests } = await openContext();
  const page = await context.newPage();
  await openTryPage(page, elsewhere());
  const window = await openSignIn(page);
  await window.getByRole("button", { name: ANALYST.displayName }).click();
  await window.getByText("No sign-in waits for this page").waitFor();
  expect(window.url()).toBe(`${stand().url}/docs/oauth2-redirect`);
  expect(requests.filter((request) => request.includes("/oauth2/v2.0/token"))).toEqual([]);
});
