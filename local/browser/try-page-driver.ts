// What a person does on /docs, step by step: opens it, signs in, asks. For the browser tests and for the pictures.

import type { Locator, Page } from "playwright-core";

const ASK = "#operations-Ask-AskAsUser";

/** What is filled in before an operation is executed. */
export interface Input {
  /** Values of parameters by name; of a list of choices, one of them. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
}

/** Loads the page and waits until its operations are there. */
export async function openTryPage(page: Page, gateway: string): Promise<void> {
  await page.goto(`${gateway}/docs`);
  await page.locator(ASK).waitFor();
}

/** Opens the dialog and the sign-in window. @returns the window, on the page of the local Entra. */
export async function openSignIn(page: Page): Promise<Page> {
  await page.locator(".auth-wrapper .authorize").first().click();
  const opened = page.waitForEvent("popup");
  await page
    .locator(".auth-container", { hasText: "authorizationCode" })
    .getByRole("button", { name: "Apply given OAuth2 credentials" })
    .click();
  const window = await opened;
  await window.waitForLoadState();
  return window;
}

/** Signs in as this user of the local Entra and closes the dialog. */
export async function signIn(page: Page, displayName: string): Promise<void> {
  const window = await openSignIn(page);
  const closed = window.waitForEvent("close");
  await window.getByRole("button", { name: displayName }).click();
  await closed;
  await page.getByRole("button", { name: "Remove authorization" }).waitFor();
  await page.locator(".btn-done").first().click();
}

/** What the page shows of an exchange. */
export interface Shown {
  readonly status: string;
  readonly body: string;
  readonly curl: string;
}

/** Asks by the operation of users. */
export async function ask(page: Page, question: string): Promise<Shown> {
  const operation = page.locator(ASK);
  const live = await execute(operation, { body: JSON.stringify({ query: question }) });
  const textOf = async (place: Locator) => ((await place.first().textContent()) ?? "").trim();
  return {
    status: await textOf(live.locator(".response-col_status")),
    body: await textOf(live.locator(".response-col_description code")),
    curl: await textOf(operation.locator(".curl-command code")),
  };
}

/** Opens an operation, fills it in and executes it. @returns the row of what was answered. */
export async function execute(operation: Locator, { parameters = {}, body }: Input) {
  await operation.locator(".opblock-summary-control").click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  for (const [name, value] of Object.entries(parameters)) {
    const row = operation.locator(`tr[data-param-name="${name}"]`);
    if ((await row.locator("select").count()) > 0) await row.locator("select").selectOption(value);
    else await row.locator("input").fill(value);
  }
  if (body !== undefined) await operation.locator(".body-param__text").fill(body);
  await operation.getByRole("button", { name: "Execute" }).click();
  const live = operation.locator(".live-responses-table .response");
  await live.waitFor();
  return live;
}
