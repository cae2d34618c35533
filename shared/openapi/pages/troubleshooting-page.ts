// The page /docs/errors with its headers: the guide to every failure code, plain text and one style sheet. It runs
// nothing.

import { renderErrorGuideHtml } from "../error-guide-html.ts";
import type { AssetUrl, Page } from "./page.ts";
import { pageHeaders } from "./page-headers.ts";

export function troubleshootingPage(asset: AssetUrl): Page {
  return {
    html: renderErrorGuideHtml({ stylesheet: asset("troubleshooting-page.css") }),
    headers: pageHeaders({ "style-src": "'self'", "img-src": "data:" }, "same-origin"),
  };
}
