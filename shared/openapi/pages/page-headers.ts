// The headers of each page: a content security policy that names only what the page was measured to need, no address in
// a Referer, no frame around it. No Cross-Origin-Opener-Policy: the sign-in window must reach the page that opened it.

export type Directives = Readonly<Record<string, string>>;

const NOTHING: Directives = {
  "default-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/** @param needed sources by directive, besides the ones above, which are the same for every page. */
export function pageHeaders(needed: Directives): Readonly<Record<string, string>> {
  const directives = Object.entries({ ...NOTHING, ...needed });
  return {
    "Content-Security-Policy": directives.map((parts) => parts.join(" ")).join("; "),
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
}
