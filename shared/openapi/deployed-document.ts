// The committed OpenAPI document (docs/openapi.json) with what only a deployment knows: its address, where and for what
// one signs in, and whether a function key is taken. Everything else is as it was generated from the contracts.

import { type SecuredDocument, withFunctionKey, withoutFunctionKey } from "./deployed-security.ts";
import {
  PLACEHOLDER_APP_SCOPE,
  PLACEHOLDER_AUTHORITY,
  PLACEHOLDER_BASE,
  PLACEHOLDER_USER_SCOPE,
} from "./placeholders.ts";

/** What the settings and the request say. */
export interface Deployment {
  /** Of absolute links, without a trailing slash. */
  readonly baseUrl: string;
  /** `{AUTHORITY_HOST}/{TENANT_ID}` */
  readonly authority: string;
  /** What a user asks Entra for, and what an application does. */
  readonly userScope: string;
  readonly appScope: string;
  /** `APP_ENDPOINT_AUTH` */
  readonly appEndpointAuth: "entra" | "function-key";
}

/** As JSON text. The committed document is loaded with the first call. */
export async function deployedDocument(deployment: Deployment): Promise<string> {
  const { default: committed } = await import("../../docs/openapi.json", {
    with: { type: "json" },
  });
  const document: SecuredDocument = committed;
  const secured =
    deployment.appEndpointAuth === "entra"
      ? withoutFunctionKey(document)
      : withFunctionKey(document);
  return [
    [PLACEHOLDER_BASE, deployment.baseUrl],
    [PLACEHOLDER_AUTHORITY, deployment.authority],
    [PLACEHOLDER_USER_SCOPE, deployment.userScope],
    [PLACEHOLDER_APP_SCOPE, deployment.appScope],
  ].reduce(
    (text, [placeholder = "", value = ""]) =>
      text.replaceAll(placeholder, () => insideJsonString(value)),
    JSON.stringify(secured),
  );
}

function insideJsonString(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
