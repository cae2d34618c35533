// The headers of each page: a content security policy that names only what the page was measured to need, no address in
// a Referer, no frame around it, and who may hold on to its window.

export type Directives = Readonly<Record<string, string>>;

const NOTHING: Directives = {
  "default-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/**
 * The Cross-Origin-Opener-Policy: a page that opens windows of others keeps hold of these alone; `none` is for the page
 * in such a window, which must reach the one that opened it.
 */
export type Opener = "same-origin" | "same-origin-allow-popups" | "none";

/** @param needed sources by directive, besides the ones above, which are the same for every page. */
export function pageHeaders(needed: Directives, opener: Opener): Readonly<Record<string, string>> {
  const directives = Object.entries({ ...NOTHING, ...needed });
  return {
    "Content-Security-Policy": directives.map((parts) => parts.join(" ")).join("; "),
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    ...(opener === "none" ? {} : { "Cross-Origin-Opener-Policy": opener }),
  };
}
