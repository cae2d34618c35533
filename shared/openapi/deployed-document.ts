// The committed OpenAPI document (docs/openapi.json) with what only a deployment knows: its address, and where and for
// what one signs in. Everything else is as it was generated from the contracts.

/** What stands in the committed document until a deployment says it. */
const PLACEHOLDERS = {
  authority: "https://login.microsoftonline.com/{tenant}",
  userScope: "api://{client_id}/access_as_user",
  resource: "api://{client_id}",
} as const;

/** What the settings and the request say. */
export interface Deployment {
  /** Of absolute links, without a trailing slash. */
  readonly baseUrl: string;
  /** `{AUTHORITY_HOST}/{TENANT_ID}` */
  readonly authority: string;
  /** This API as Entra knows it. */
  readonly resource: string;
  /** What a user asks Entra for: `<resource>/<API_SCOPE>`. */
  readonly userScope: string;
}

/** As JSON. The committed document is loaded with the first call. */
export async function deployedDocument({ baseUrl, ...values }: Deployment): Promise<string> {
  const { default: committed } = await import("../../docs/openapi.json", {
    with: { type: "json" },
  });
  const text = JSON.stringify({ ...committed, servers: [{ url: baseUrl }] });
  // The longer of two placeholders comes first, so that it is replaced as a whole.
  return (["authority", "userScope", "resource"] as const).reduce(
    (filled, name) => filled.replaceAll(PLACEHOLDERS[name], () => inJsonText(values[name])),
    text,
  );
}

/** A value as it stands inside a JSON string. */
function inJsonText(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
