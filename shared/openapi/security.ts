// How callers prove who they are, as OpenAPI security schemes. Tenant and application are placeholders here; the
// document that a gateway serves has its own.

import type { oas31 } from "zod-openapi";
import type { RouteAuth } from "../contracts/route-contract.ts";
import {
  PLACEHOLDER_APP_SCOPE,
  PLACEHOLDER_AUTHORITY,
  PLACEHOLDER_USER_SCOPE,
} from "./placeholders.ts";

const TOKENS_AT = `${PLACEHOLDER_AUTHORITY}/oauth2/v2.0`;

export const SECURITY_SCHEMES: Record<string, oas31.SecuritySchemeObject> = {
  entra: {
    type: "oauth2",
    description:
      "Microsoft Entra ID. A user signs in with code and PKCE; an application has a role.",
    flows: {
      authorizationCode: {
        authorizationUrl: `${TOKENS_AT}/authorize`,
        tokenUrl: `${TOKENS_AT}/token`,
        scopes: { [PLACEHOLDER_USER_SCOPE]: "Ask Genie as you" },
      },
      clientCredentials: {
        tokenUrl: `${TOKENS_AT}/token`,
        scopes: { [PLACEHOLDER_APP_SCOPE]: "Ask Genie as the application (role Genie.Ask)" },
      },
    },
  },
  functionKey: {
    type: "apiKey",
    in: "header",
    name: "x-functions-key",
    description: "Only where the operator chose it (`APP_ENDPOINT_AUTH=function-key`).",
  },
};

const USER: oas31.SecurityRequirementObject = { entra: [PLACEHOLDER_USER_SCOPE] };
const APP: oas31.SecurityRequirementObject = { entra: [PLACEHOLDER_APP_SCOPE] };

/** Each one alone is enough. */
export const SECURITY_OF: Readonly<Record<RouteAuth, oas31.SecurityRequirementObject[]>> = {
  none: [],
  user: [USER],
  app: [APP, { functionKey: [] }],
  "user-or-app": [USER, APP],
  owner: [USER, APP],
};
