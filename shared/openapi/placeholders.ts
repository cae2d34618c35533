// What stands in the committed OpenAPI document until a gateway serves it with its own (deployed-document.ts).

/** Address of the gateway. */
export const PLACEHOLDER_BASE = "https://gateway.example.com";

/** Tenant and application. */
export const PLACEHOLDER_ID = "00000000-0000-0000-0000-000000000000";

export const PLACEHOLDER_AUTHORITY = `https://login.microsoftonline.com/${PLACEHOLDER_ID}`;
/** The API as Entra knows it. */
const PLACEHOLDER_RESOURCE = `api://${PLACEHOLDER_ID}`;
export const PLACEHOLDER_USER_SCOPE = `${PLACEHOLDER_RESOURCE}/access_as_user`;
export const PLACEHOLDER_APP_SCOPE = `${PLACEHOLDER_RESOURCE}/.default`;
