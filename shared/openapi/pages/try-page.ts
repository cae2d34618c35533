// The page /docs: Swagger UI, which signs in at Entra (authorization code with PKCE) as the client of this API itself.
// Its policy allows no inline style, no inline script and no eval: Swagger UI needs none (connectors.md §8.2).

import { escapeHtml } from "../escape-html.ts";
import { dataAttributes, htmlPage } from "./html.ts";
import type { AssetUrl, Page } from "./page.ts";
import { pageHeaders } from "./page-headers.ts";

export interface TryPageValues {
  /** Where this page is at home, without a trailing slash. Opened elsewhere, it says so and leads there. */
  readonly baseUrl: string;
  readonly openapiUrl: string;
  readonly clientId: string;
  readonly scope: string;
  /** Origin of Entra. */
  readonly authorityHost: string;
}

export function tryPage(values: TryPageValues, asset: AssetUrl): Page {
  const data = dataAttributes({
    "openapi-url": values.openapiUrl,
    // Where Entra sends the browser back to: registered as a single-page redirect URI.
    "redirect-url": `${values.baseUrl}/docs/oauth2-redirect`,
    "home-origin": new URL(values.baseUrl).origin,
    "client-id": values.clientId,
    scope: values.scope,
  });
  return {
    html: htmlPage({
      title: "Genie Gateway: try it",
      styles: [asset("swagger-ui.css"), asset("pages.css")],
      scripts: [asset("swagger-ui-bundle.js"), asset("try-page.js")],
      body: `${awayFromHome(values.baseUrl)}
<main id="page"${data}></main>
<footer><a href="${escapeHtml(asset("licences.txt"))}">Licences of this page</a></footer>`,
    }),
    headers: pageHeaders(
      {
        "script-src": "'self'",
        "style-src": "'self'",
        // Swagger UI draws its arrows from data URLs in its style sheet, and a picture that was answered from a blob.
        "img-src": "'self' data: blob:",
        "connect-src": `'self'${sourceOf(values.authorityHost)}`,
      },
      "same-origin-allow-popups",
    ),
  };
}

/** Shown by the script when the page was opened at another origin: its policy and Entra know only the one of the base. */
function awayFromHome(baseUrl: string): string {
  const home = escapeHtml(`${baseUrl}/docs`);
  return `<p id="away" role="alert" hidden>At this address you can only read: signing in and asking work at <a href="${home}">${home}</a>.</p>`;
}

/** An origin that a policy cannot hold is left out: then the sign-in fails, and nothing else is opened. */
function sourceOf(origin: string): string {
  return /^https:\/\/[a-z0-9.-]+(?::\d+)?$/i.test(origin) ? ` ${origin}` : "";
}
