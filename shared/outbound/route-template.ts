// The path of an outgoing request without what stands for one thing only: the words of the interfaces that we call are
// kept, everything else (ids, names of secrets, tenants) becomes `{}`. Pure; it never sees a query.

/** Databricks, Entra, the managed identity endpoint. A word that is missing here costs a span some clearness, no more. */
const WORDS: ReadonlySet<string> = new Set(
  `api 2.0 genie spaces start-conversation conversations messages attachments query-result execute-query downloads
  download-visualization feedback sql statements result chunks preview scim v2 Me warehouses
  oauth2 v2.0 token discovery keys .well-known openid-configuration common instance msi metadata identity`.split(
    /\s+/,
  ),
);

/** `/api/2.0/genie/spaces/{}/conversations/{}` */
export function routeTemplate(pathname: string): string {
  return pathname
    .split("/")
    .map((segment) => (segment === "" || WORDS.has(segment) ? segment : "{}"))
    .join("/");
}

export function peerOf(pathname: string): "databricks" | "identity" {
  return pathname.startsWith("/api/2.") ? "databricks" : "identity";
}
