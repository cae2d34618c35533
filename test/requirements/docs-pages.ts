// What this project promises about the pages for people and the files behind them, as ids that tests cite (see all.ts).

export const docsPages = {
  "docs.openapi-document":
    "Issue 6, part 1: /openapi.json is docs/openapi.json with the address, the authority, the scopes and the ways in of this deployment.",
  "docs.strict-policy":
    "Issue 6, part 2: /docs runs under a policy without inline script, inline style or eval, and nothing breaks it.",
  "docs.page-headers":
    "Issue 6, part 2: every page carries a policy that starts from nothing, sends no Referer, lets nobody frame it, and leaves the window that opened it reachable.",
  "docs.sign-in":
    "Issue 6, part 2: /docs signs in at Entra with code and PKCE as a single-page client, and takes only the answer to its own sign-in.",
  "docs.other-address":
    "Issue 6, part 2: /docs opened at another origin than the configured one says where it works, and a code that nobody waits for does not stay in the address bar.",
  "docs.nothing-kept":
    "Issue 6, part 2: the page keeps no token: not in a store of the browser, not after a reload, not in the curl line it shows.",
  "docs.reference":
    "Issue 6, part 2: /redoc shows every operation, asks nobody but this app, and nothing it asks for is refused.",
  "docs.problem-types":
    "Design §3.9: the type of every problem leads to the place of its code on /docs/errors.",
  "docs.assets":
    "Issue 6, part 2: scripts and styles come with charset, strong ETag per coding and immutable caching, compressed as the client accepts; any other name is 404 without a body and reaches no file.",
  "docs.caching":
    "Issue 6, part 2: pages and the document are asked after each time and sent again only when they changed.",
  "docs.kept":
    "Issue 6, part 2: pages and the document are rendered and compressed once for each base, and only a few bases are kept, whatever Host headers come.",
  "docs.escaping":
    "Issue 6, part 2: no header of a request and no setting becomes markup or policy of a page.",
  "docs.licences":
    "Issue 6, part 2: the licences of what the pages are made of are served with them.",
} as const;
