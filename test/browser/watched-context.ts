// A browser context that notes what a strict page must not do: break its policy, log an error, throw, or ask another
// host. The listener sits in every window before any script of the page runs.

import type { Browser, BrowserContext } from "playwright-core";

export interface Watched {
  readonly context: BrowserContext;
  /** `directive blocked-uri` of each violation of a content security policy, in any window. */
  readonly violations: readonly string[];
  /** Errors of the console and uncaught ones. */
  readonly errors: readonly string[];
  /** `GET https://host:port/path` of each request, with its query. */
  readonly requests: readonly string[];
}

const LISTENER = `addEventListener("securitypolicyviolation", (event) =>
  noteViolation(event.effectiveDirective + " " + event.blockedURI));`;

export async function watchedContext(browser: Browser): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(30_000);
  const violations: string[] = [];
  const errors: string[] = [];
  const requests: string[] = [];
  await context.exposeFunction("noteViolation", (text: string) => void violations.push(text));
  await context.addInitScript(LISTENER);
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  context.on("weberror", (thrown) => errors.push(String(thrown.error())));
  context.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  return { context, violations, errors, requests };
}

/** Hosts other than this machine that were asked. */
export function foreignHosts(requests: readonly string[]): string[] {
  const hosts = requests
    .map((request) => new URL(request.slice(request.indexOf(" ") + 1)))
    .filter(({ protocol }) => protocol !== "data:" && protocol !== "blob:")
    .map(({ hostname }) => hostname);
  return [...new Set(hosts)].filter((host) => host !== "127.0.0.1" && host !== "localhost");
}
