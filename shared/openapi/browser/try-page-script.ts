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

/** An Immutable.Map, as Swagger UI hands it to the box that shows a request as a curl line. */
interface ShownRequest {
  hasIn(path: readonly string[]): boolean;
  setIn(path: readonly string[], value: string): ShownRequest;
}

interface CurlProps {
  readonly request: ShownRequest;
}

interface React {
  createElement(component: unknown, props: CurlProps): unknown;
}

const SECRET_HEADERS = { Authorization: "Bearer <token>", "x-functions-key": "<key>" };

const { openapiUrl, redirectUrl, homeOrigin, clientId, scope } =
  document.getElementById("page")?.dataset ?? {};

/** Apps prove themselves with a secret, and a secret has no place in a page: only the sign-in of users is offered. */
function withoutClientCredentials(text: string): string {
  const openapi: unknown = JSON.parse(text, (name, value) =>
    name === "clientCredentials" ? undefined : value,
  );
  return JSON.stringify(openapi);
}

/** A screen is shared, a picture is taken: the curl line names the token without showing it. */
function withoutSecrets(request: ShownRequest): ShownRequest {
  return Object.entries(SECRET_HEADERS).reduce((shown, [name, instead]) => {
    const place = ["headers", name];
    return shown.hasIn(place) ? shown.setIn(place, instead) : shown;
  }, request);
}

const curlWithoutSecrets =
  (Curl: unknown, { React }: { React: React }) =>
  (props: CurlProps) =>
    React.createElement(Curl, { ...props, request: withoutSecrets(props.request) });

/** Elsewhere the policy stops every call, and the sign-in would end in a window that cannot reach this page. */
document.getElementById("away")?.toggleAttribute("hidden", location.origin === homeOrigin);

const ui = SwaggerUIBundle({
  dom_id: "#page",
  url: openapiUrl,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [
    {
      wrapComponents: { curl: curlWithoutSecrets },
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
