// The page /docs/oauth2-redirect: Entra sends the sign-in window here with a code in the address. Its script hands the
// code to the page that opened the window, and closes it. Nothing is kept, nothing else is loaded.

import { htmlPage } from "./html.ts";
import type { AssetUrl, Page } from "./page.ts";
import { pageHeaders } from "./page-headers.ts";

export function redirectPage(asset: AssetUrl): Page {
  return {
    html: htmlPage({
      title: "Genie Gateway: sign-in",
      scripts: [asset("sign-in-redirect.js")],
      body: '<p id="message">This window closes by itself.</p>',
    }),
    headers: pageHeaders({ "script-src": "'self'", "img-src": "data:" }, "none"),
  };
}
