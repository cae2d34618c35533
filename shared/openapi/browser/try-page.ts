// Runs in the browser on /docs: starts Swagger UI with the values that the page carries in its data attributes. It keeps
// nothing: a token lives in this page's memory until it is closed or loaded again.

interface SwaggerUi {
  initOAuth(options: object): void;
}

interface SwaggerUiFactory {
  (options: object): SwaggerUi;
  readonly presets: { readonly apis: unknown };
}

declare const SwaggerUIBundle: SwaggerUiFactory;

type UpdateSpec = (text: string) => unknown;

const { openapiUrl, redirectUrl, clientId, scope } = document.getElementById("page")?.dataset ?? {};

/** Apps prove themselves with a secret, and a secret has no place in a page: only the sign-in of users is offered. */
function withoutClientCredentials(text: string): string {
  const openapi: unknown = JSON.parse(text, (name, value) =>
    name === "clientCredentials" ? undefined : value,
  );
  return JSON.stringify(openapi);
}

const ui = SwaggerUIBundle({
  dom_id: "#page",
  url: openapiUrl,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [
    {
      statePlugins: {
        spec: {
          wrapActions: {
            updateSpec: (next: UpdateSpec) => (text: string) =>
              next(withoutClientCredentials(text)),
          },
        },
      },
    },
  ],
  oauth2RedirectUrl: redirectUrl,
  persistAuthorization: false,
  queryConfigEnabled: false,
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: false,
});
ui.initOAuth({ clientId, scopes: scope, usePkceWithAuthorizationCodeGrant: true });
