// The page /docs in Chromium against the packed app and the local Entra: its policy holds, a user signs in with code
// and PKCE, asks, sees the answer, and nothing of it is left when the page is loaded again.

import { describe, expect } from "vitest";
import {
  ask,
  execute,
  openSignIn,
  openTryPage,
  signIn,
} from "../../local/browser/try-page-driver.ts";
import { ANALYST, GATEWAY_API } from "../../local/users.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { useBrowser } from "./use-browser.ts";
import { foreignHosts } from "./watched-context.ts";

const stand = useStand("browser-try-page");
const openContext = useBrowser(stand);

const STORED = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])";

describe("the policy", () => {
  verifies(
    "docs.strict-policy",
    "nothing breaks it, on load and with operations open",
    async () => {
      const { context, violations, errors, requests } = await openContext();
      const page = await context.newPage();
      await openTryPage(page, stand().url);
      const { paths } = JSON.parse(await (await fetch(`${stand().url}/openapi.json`)).text());
      const operations = Object.values(paths).flatMap((item) => Object.keys(item ?? {}));
      const shown = page.locator(".opblock-summary-control");
      await expect.poll(() => shown.count()).toBe(operations.length);
      const some = page.locator('[id^="operations-Results"] .opblock-summary-control');
      for (const operation of await some.all()) await operation.click();
      await expect.poll(() => page.locator(".opblock.is-open .responses-inner").count()).toBe(4);
      expect(violations).toEqual([]);
      expect(errors).toEqual([]);
      expect(foreignHosts(requests)).toEqual([]);
    },
  );

  verifies("docs.strict-policy", "nothing breaks it when a picture and a file come", async () => {
    const { context, violations, errors } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    await signIn(page, ANALYST.displayName);
    const { body } = await ask(page, "average delay by origin");
    const { conversation_id, message_id, results, visualizations } = JSON.parse(body);
    const of = ([{ attachment_id }]: [{ attachment_id: string }]) => ({
      conversation_id,
      message_id,
      attachment_id,
    });
    const picture = await execute(page.locator("#operations-Results-GetVisualization"), {
      parameters: of(visualizations),
    });
    const image = picture.locator("img");
    await expect
      .poll(() => image.evaluate((each) => (each as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(100);
    const file = await execute(page.locator("#operations-Results-GetResults"), {
      parameters: { ...of(results), format: "csv" },
    });
    const link = file.getByRole("link", { name: "Download file" });
    expect(await link.getAttribute("href")).toMatch(/^blob:/);
    expect({ violations, errors }).toEqual({ violations: [], errors: [] });
  });

  verifies("docs.strict-policy", "the listener sees what breaks it", async () => {
    const { context, violations } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    await page.evaluate(`{
      document.body.setAttribute("style", "color: red");
      const script = document.createElement("script");
      script.textContent = "window.planted = true";
      document.body.append(script);
      fetch("http://127.0.0.1:9/").catch(() => {});
    }`);
    await expect
      .poll(() => violations.toSorted())
      .toEqual([
        "connect-src http://127.0.0.1:9/",
        "script-src-elem inline",
        "style-src-attr inline",
      ]);
    expect(await page.evaluate("window.planted")).toBeUndefined();
  });
});

describe("the sign-in", () => {
  verifies("docs.sign-in", "a user signs in with PKCE, asks and sees the answer", async () => {
    const { context, violations, errors, requests } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    const redeemed = context.waitForEvent("request", (request) =>
      request.url().endsWith("/oauth2/v2.0/token"),
    );
    await signIn(page, ANALYST.displayName);

    const authorize = requests.find((request) => request.includes("/authorize?")) ?? "";
    const asked = new URL(authorize.slice("GET ".length)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: GATEWAY_API.clientId,
      code_challenge_method: "S256",
      redirect_uri: `${stand().url}/docs/oauth2-redirect`,
      scope: `${GATEWAY_API.clientId}/access_as_user`,
    });
    const form = new URLSearchParams((await redeemed).postData() ?? "");
    expect(form.get("code_verifier")).toMatch(/^[\w-]{43,}$/);
    expect(form.has("client_secret")).toBe(false);

    const shown = await ask(page, "average delay by origin");
    expect(shown.status).toMatch(/^200/);
    expect(JSON.parse(shown.body)).toMatchObject({ status: "completed", space: "default" });
    expect(shown.curl).toContain("Bearer <token>");
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
    expect(foreignHosts(requests)).toEqual([]);
  });

  verifies("docs.nothing-kept", "after a reload nobody is signed in", async () => {
    const { context } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    await signIn(page, ANALYST.displayName);
    expect(await page.locator(".auth-wrapper .authorize.locked").count()).toBe(1);
    const nothing = '[{},{},""]';
    expect(await page.evaluate(STORED)).toBe(nothing);
    await openTryPage(page, stand().url);
    expect(await page.locator(".auth-wrapper .authorize.unlocked").count()).toBe(1);
    expect(await page.evaluate(STORED)).toBe(nothing);
    const { status, body } = await ask(page, "average delay by origin");
    expect(status).toMatch(/^401/);
    expect(JSON.parse(body)).toMatchObject({ code: "invalid_token" });
  });

  verifies("docs.sign-in", "an answer with another state redeems nothing", async () => {
    const { context, requests } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    const window = await openSignIn(page);
    const closed = window.waitForEvent("close");
    // As a page would lead there: only then the window keeps the one that opened it.
    const answer = `${stand().url}/docs/oauth2-redirect?code=stolen&state=other`;
    await window.evaluate(`location.assign(${JSON.stringify(answer)})`);
    await closed;
    await page.getByText("does not belong to this sign-in").first().waitFor();
    expect(requests.filter((request) => request.includes("/token"))).toEqual([]);
  });

  verifies("docs.sign-in", "a cancelled one is told on the page", async () => {
    const { context } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    const window = await openSignIn(page);
    const closed = window.waitForEvent("close");
    await window.getByRole("button", { name: "Cancel" }).click();
    await closed;
    await page.locator(".auth-container .errors", { hasText: "AADSTS" }).waitFor();
  });

  verifies("docs.sign-in", "no secret is asked for, and none is offered to apps", async () => {
    const { context } = await openContext();
    const page = await context.newPage();
    await openTryPage(page, stand().url);
    await page.locator(".auth-wrapper .authorize").first().click();
    await page.locator(".auth-container", { hasText: "authorizationCode" }).waitFor();
    const inputs = await page.locator(".modal-ux input:visible").all();
    const asked = await Promise.all(
      inputs.map(async (input) => [
        await input.getAttribute("type"),
        await input.getAttribute("data-name"),
      ]),
    );
    expect(asked).toEqual([["text", "clientId"]]);
    expect(await page.getByText("clientCredentials").count()).toBe(0);
  });

  verifies("docs.sign-in", "the redirect page opened by hand says what to do", async () => {
    const { context, violations, errors } = await openContext();
    const page = await context.newPage();
    await page.goto(`${stand().url}/docs/oauth2-redirect?code=x&state=y`);
    await page.getByText("No sign-in waits for this page").waitFor();
    expect(page.url()).toBe(`${stand().url}/docs/oauth2-redirect`);
    expect([...violations, ...errors]).toEqual([]);
  });
});
