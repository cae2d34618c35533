// The rules of certification that no schema holds (connectors.md §2.5), as a pure function over the definition, so that
// each rule can be shown to turn red.

export interface ConnectorParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly collectionFormat?: string;
  readonly [extension: `x-ms-${string}`]: unknown;
}

export interface ConnectorAction {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly consumes?: readonly string[];
  readonly produces?: readonly string[];
  readonly parameters?: readonly ConnectorParameter[];
  readonly responses: Readonly<Record<string, { readonly schema?: unknown }>>;
}

export interface ConnectorDefinition {
  readonly info: {
    readonly title: string;
    readonly description: string;
    readonly contact?: unknown;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ConnectorAction>>>>;
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly "x-ms-connector-metadata"?: readonly { readonly propertyName: string }[];
}

const TYPES = new Set([
  "application/json",
  "text/plain",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
]);
const FORBIDDEN_KEYS = ["nullable", "oneOf", "anyOf", "const", "examples", "propertyNames"];
const MAX_BYTES = 1024 * 1024;
const MAX_ACTIONS = 256;

/** Every violation, one line each; empty when all is well. */
export function connectorFaults(definition: ConnectorDefinition): string[] {
  const actions = Object.entries(definition.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, action]) => ({ path, method, action })),
  );
  return [
    ...infoFaults(definition),
    ...pathFaults(Object.keys(definition.paths)),
    ...repeated(actions.map(({ action }) => action.operationId ?? "")),
    ...(actions.length > MAX_ACTIONS ? ["too many actions"] : []),
    ...(JSON.stringify(definition, null, 2).length >= MAX_BYTES ? ["1 MB or more"] : []),
    ...actions.flatMap(({ path, method, action }) =>
      [
        ...textFaults(action),
        ...parameterFaults(path, action),
        ...responseFaults(action),
        ...bodyFaults(method, action),
      ].map((fault) => `${method} ${path}: ${fault}`),
    ),
    ...schemaFaults(definition, ""),
  ];
}

function infoFaults({ info, ...definition }: ConnectorDefinition): string[] {
  const names = (definition["x-ms-connector-metadata"] ?? []).map((each) => each.propertyName);
  const missing = ["Website", "Privacy policy", "Categories"].filter(
    (each) => !names.includes(each),
  );
  return [
    ...(info.title.length > 30 || /\b(api|connector)\b/i.test(info.title) ? ["title"] : []),
    ...(info.description.length < 30 || info.description.length > 500 ? ["description"] : []),
    ...(info.contact === undefined ? ["no contact"] : []),
    ...missing.map((name) => `no ${name}`),
  ];
}

function pathFaults(paths: readonly string[]): string[] {
  return [
    ...paths.filter((path) => /[*?#]/.test(path)).map((path) => `${path}: not a plain path`),
    ...repeated(paths.map((path) => path.toLowerCase())),
  ];
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index).map((v) => `${v} twice`);
}

function textFaults({ operationId = "", summary = "", description = "" }: ConnectorAction) {
  return [
    ...(/^[A-Z][A-Za-z0-9]*$/.test(operationId) ? [] : ["operationId is not alphanumeric"]),
    ...(/^[^/]{1,118}[A-Za-z0-9]$/.test(summary) ? [] : ["summary"]),
    ...(description.endsWith(".") && !description.includes("`") ? [] : ["description"]),
  ];
}

function parameterFaults(path: string, { parameters = [] }: ConnectorAction): string[] {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const declared = parameters.filter((each) => each.in === "path").map(({ name }) => name);
  return [
    ...(inPath.toSorted().join() === declared.toSorted().join() ? [] : ["path parameters differ"]),
    ...parameters.flatMap((parameter) => oneParameterFaults(parameter)),
  ];
}

function oneParameterFaults(parameter: ConnectorParameter): string[] {
  const { name, required, "x-ms-visibility": visibility } = parameter;
  const isSingle = required === true && parameter["x-ms-url-encoding"] === "single";
  const isHidden = visibility === "internal";
  const isPlain = parameter.collectionFormat === undefined;
  return [
    ...(name === "connectionId" ? ["a parameter must not be named connectionId"] : []),
    ...(parameter.in === "path" && !isSingle ? [`${name}: required and single encoding`] : []),
    ...(isHidden && (required !== true || parameter.default === undefined)
      ? [`${name}: hidden`]
      : []),
    ...(isPlain ? [] : [`${name}: collectionFormat`]),
    ...(parameter.in === "body" || parameter["x-ms-summary"] ? [] : [`${name}: no x-ms-summary`]),
  ];
}

function responseFaults({ responses }: ConnectorAction): string[] {
  const withSchema = Object.entries(responses).filter(([, { schema }]) => schema !== undefined);
  const needs = ["200", "201"].filter((status) => status in responses);
  return [
    ...(withSchema.length > 1 ? ["more than one response with a schema"] : []),
    ...(withSchema.some(([status]) => status === "default") ? ["default has a schema"] : []),
    ...needs
      .filter((status) => responses[status]?.schema === undefined)
      .map((s) => `${s}: no schema`),
    ...Object.keys(responses).filter((status) => !/^\d{3}$|^default$/.test(status)),
  ];
}

function bodyFaults(method: string, { parameters = [], consumes, produces }: ConnectorAction) {
  const hasBody = parameters.some((parameter) => parameter.in === "body");
  const types = [...(consumes ?? []), ...(produces ?? [])].filter((type) => !TYPES.has(type));
  return [
    ...(hasBody && method === "get" ? ["a body in GET"] : []),
    ...(hasBody && consumes === undefined ? ["a body without consumes"] : []),
    ...types.map((type) => `${type} is not taken`),
  ];
}

/** Keys that the Power Platform refuses, references with siblings, references to nothing, enums of another type. */
function schemaFaults(part: unknown, at: string, root: unknown = part): string[] {
  if (typeof part !== "object" || part === null) return [];
  const keys = Object.keys(part);
  const own = at.endsWith("/properties")
    ? []
    : FORBIDDEN_KEYS.filter((key) => keys.includes(key)).map((key) => `${at}: ${key}`);
  const fields: Readonly<Record<string, unknown>> = { ...part };
  return [
    ...own,
    ...("$ref" in fields && keys.length > 1 ? [`${at}: something beside a reference`] : []),
    ...(typeof fields.$ref === "string" && !leadsSomewhere(fields.$ref, root) ? [fields.$ref] : []),
    ...enumFaults(fields, at),
    ...Object.entries(part).flatMap(([key, value]) => schemaFaults(value, `${at}/${key}`, root)),
  ];
}

function leadsSomewhere(ref: string, root: unknown): boolean {
  return JSON.stringify(root).includes(`"${ref.replace("#/definitions/", "")}":{`);
}

function enumFaults({ enum: values, type }: Readonly<Record<string, unknown>>, at: string) {
  if (!Array.isArray(values) || type === undefined) return [];
  return values.every((value) => typeof value === type) ? [] : [`${at}: enum of another type`];
}
