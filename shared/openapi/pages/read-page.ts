// The page /redoc: ReDoc, for reading. It writes its styles itself, so that inline styles are allowed here; it talks to
// nobody but this app. Its search is switched off: it runs in a worker from a blob, and the browser's own search finds
// everything on this one page.

import { escapeHtml } from "../escape-html.ts";
import { dataAttributes, htmlPage } from "./html.ts";
import type { AssetUrl, Page } from "./page.ts";
import { pageHeaders } from "./page-headers.ts";

export function readPage(openapiUrl: string, asset: AssetUrl): Page {
  return {
    html: htmlPage({
      title: "Genie Gateway: reference",
      styles: [asset("pages.css")],
      scripts: [asset("redoc.standalone.js"), asset("read-page.js")],
      body: `<main id="page"${dataAttributes({ "openapi-url": openapiUrl })}></main>
<footer><a href="${escapeHtml(asset("licences.txt"))}">Licences of this page</a></footer>`,
    }),
    headers: pageHeaders(
      {
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "data:",
        "connect-src": "'self'",
      },
      "same-origin",
    ),
  };
}
