// `apiProperties.json` of the connector: how a connection signs in (Entra, on behalf of the user) and which policies lead
// an action's own path to its route. It holds no secret: that is given when the connector is made.

import { PLACEHOLDER_ID } from "../placeholders.ts";
import { CONNECTOR_OPERATIONS, type ConnectorOperation } from "./connector-operations.ts";
import { routeOf } from "./create-connector.ts";

const RESOURCE = `api://${PLACEHOLDER_ID}`;

/** Teams' blue would be taken for Microsoft's own; certification refuses white and the default. */
const BRAND_COLOR = "#1B3139";

export function createApiProperties(): Record<string, unknown> {
  return {
    properties: {
      connectionParameters: { token: signIn(), "token:TenantId": TENANT },
      iconBrandColor: BRAND_COLOR,
      capabilities: ["actions"],
      policyTemplateInstances: CONNECTOR_OPERATIONS.filter(
        ({ virtualPath }) => virtualPath !== undefined,
      ).map(toPolicy),
      publisher: "Genie Gateway",
      stackOwner: "Genie Gateway",
    },
  };
}

function signIn() {
  return {
    type: "oauthSetting",
    oAuthSettings: {
      identityProvider: "aad",
      clientId: PLACEHOLDER_ID,
      scopes: [],
      redirectMode: "GlobalPerConnector",
      redirectUrl: "https://global.consent.azure-apim.net/redirect",
      properties: {
        IsFirstParty: "False",
        AzureActiveDirectoryResourceId: RESOURCE,
        IsOnbehalfofLoginSupported: true,
      },
      customParameters: {
        loginUri: { value: "https://login.microsoftonline.com" },
        tenantId: { value: "common" },
        resourceUri: { value: RESOURCE },
        enableOnbehalfOfLogin: { value: "true" },
      },
    },
  };
}

const TENANT = {
  type: "string",
  metadata: { sourceType: "AzureActiveDirectoryTenant" },
  uiDefinition: { constraints: { required: "false", hidden: "true" } },
};

function toPolicy(action: ConnectorOperation) {
  const { path, method } = routeOf(action);
  return {
    templateId: "routerequesttoendpoint",
    title: `Lead ${action.operationId} to its route`,
    parameters: {
      "x-ms-apimTemplateParameter.newPath": `/${path}`,
      "x-ms-apimTemplateParameter.httpMethod": method,
      "x-ms-apimTemplate-operationName": [action.operationId],
    },
  };
}
