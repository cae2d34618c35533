// No secret passes through a deployment: its inputs, outputs and settings are kept and shown to every reader of the resource
// group. What a secret is, is told by its name and by its form.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { at, type Infrastructure, ofType } from "../infrastructure.ts";

const SECRET_NAME = /secret|password|token|(^|_)key$|connection_?string|sas(_|$)|credential/i;
/** Names that look like one and are none: which secret to look for, and how to prove oneself. */
const NO_SECRETS = new Set([
  "APPLICATIONINSIGHTS_CONNECTION_STRING", // an address, as long as local auth is off (infra.no-local-auth)
  "CLIENT_CREDENTIAL",
  "AzureWebJobsStorage__credential",
]);
const PLAIN_SECRETS = ["CLIENT_SECRET", "SEALING_KEY", "WEBHOOK_SIGNING_SECRET"];
/** 32 bytes in base64, tokens, keys of Standard Webhooks, secrets of Entra. */
const SECRET_VALUE =
  /(^|[^A-Za-z0-9+/])[A-Za-z0-9+/]{43}=($|[^=])|\beyJ|\bdapi|whsec_|[~.]8Q~|InstrumentationKey=/;

export const secrets: readonly Assertion[] = [
  {
    id: "infra.no-secret-in-outputs",
    faultsOf: ({ template }) =>
      deploymentsIn(template).flatMap(({ outputs, parameters }) => [
        ...Object.entries(outputs).flatMap(([name, output]) =>
          SECRET_NAME.test(name) || isSecure(output) || SECRET_VALUE.test(JSON.stringify(output))
            ? [`output ${name}`]
            : [],
        ),
        ...Object.entries(parameters).flatMap(([name, parameter]) =>
          isSecure(parameter) || SECRET_VALUE.test(JSON.stringify(parameter))
            ? [`parameter ${name}: secrets are written by scripts`]
            : [],
        ),
      ]),
  },
  {
    id: "infra.no-secret-in-settings",
    faultsOf: inEachVariant((resources) => [
      ...ofType(resources, "Microsoft.Web/sites/config").flatMap(({ properties }) =>
        Object.entries(Object(properties)).flatMap(([name, value]) => {
          const named = SECRET_NAME.test(name) && !NO_SECRETS.has(name) && !/_NAME$/.test(name);
          const isOne = named || PLAIN_SECRETS.includes(name) || SECRET_VALUE.test(String(value));
          return isOne ? [`setting ${name}`] : [];
        }),
      ),
      // Tags and names are shown to every reader, too.
      ...resources.flatMap(({ name, tags, ...rest }) => [
        ...(SECRET_VALUE.test(JSON.stringify([name, tags, rest])) ? [`a secret in ${name}`] : []),
        ...Object.keys(Object(tags ?? {}))
          .filter((tag) => SECRET_NAME.test(tag))
          .map((tag) => `tag ${tag} of ${name}`),
      ]),
      ...ofType(resources, "Microsoft.KeyVault/vaults/secrets").map(({ name }) => `secret ${name}`),
    ]),
  },
];

interface DeploymentParts {
  readonly outputs: object;
  readonly parameters: object;
}

/** The template and every template inside it: outputs of modules are kept too. */
function deploymentsIn(template: Infrastructure["template"]): DeploymentParts[] {
  const nested = Object.values(Object(at(template, "resources"))).flatMap((resource) => {
    const inner = at(resource, "properties.template");
    return typeof inner === "object" && inner !== null ? deploymentsIn(inner) : [];
  });
  const part = (name: string) => Object(at(template, name) ?? {});
  return [{ outputs: part("outputs"), parameters: part("parameters") }, ...nested];
}

const isSecure = (part: unknown): boolean => /^secure/i.test(String(at(part, "type")));
