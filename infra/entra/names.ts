// The names and ids that the registration uses: of Microsoft's own applications, and of ours as the gateway's settings
// have them by default (a test compares the two).

/** AzureDatabricks, the same in every tenant of the public cloud. */
export const DATABRICKS_APP_ID = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
export const DATABRICKS_SCOPE = "user_impersonation";
/** Its id, for the case that AzureDatabricks cannot be read in this tenant. */
export const DATABRICKS_SCOPE_ID = "739272be-e143-11e8-9f32-f2801f1b9fd1";
/** Microsoft Azure CLI. */
export const AZURE_CLI_APP_ID = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

export const API_SCOPE = "access_as_user";
export const API_APP_ROLE = "Genie.Ask";
export const CLIENT_SECRET_NAME = "genie-client-secret";
export const SEALING_KEY_NAME = "genie-sealing-key";
export const SIGNING_SECRET_NAME = "genie-webhook-signing";

/** Where the gateway's /docs page receives a sign-in. */
export const DOCS_REDIRECT_PATH = "/docs/oauth2-redirect";
/** Begins the label of each client secret made by this script; the name of its vault follows. */
export const CREDENTIAL_LABEL = "genie-gateway (Key Vault)";
export const FEDERATED_NAME = "genie-gateway-identity";
export const FEDERATED_AUDIENCE = "api://AzureADTokenExchange";
