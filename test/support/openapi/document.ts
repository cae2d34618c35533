// An OpenAPI document as tests read it: its operations, with every `$ref` followed and the JSON pointer of each schema
// kept, so that a validator can be made of the document itself. It judges nothing.

import { readFileSync } from "node:fs";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A place in the document, after following `$ref`. */
export interface Place {
  /** RFC 6901. */
  readonly pointer: string;
  readonly value: JsonObject;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Place;
}

/** Media type, lower case, without parameters → its schema. */
type Content = ReadonlyMap<string, Place>;

export interface DocumentedResponse {
  readonly content: Content;
  /** Name in lower case → required, schema. */
  readonly headers: ReadonlyMap<string, { readonly required: boolean; readonly schema: Place }>;
}

export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Template with the leading slash. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly content: Content } | undefined;
  readonly responses: ReadonlyMap<number, DocumentedResponse>;
  /** Alternatives, each scheme name → scopes; empty: no token. */
  readonly security: readonly JsonObject[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export function readDocument(file = "docs/openapi.json"): JsonObject {
  return JSON.parse(readFileSync(file, "utf8")) as JsonObject;
}

/** @throws Error for a `$ref` that leads nowhere, or an operation without an id */
export function operationsOf(document: JsonObject): Operation[] {
  return Object.keys(placeAt(document, "/paths").value).flatMap((path) => {
    const item = childOf(document, { pointer: "/paths", value: {} }, path);
    return METHODS.flatMap((method) => {
      const place = child(document, item, method);
      return place === undefined ? [] : [readOperation(document, { path, method, item, place })];
    });
  });
}

function readOperation(
  document: JsonObject,
  at: {
    readonly path: string;
    readonly method: string;
    readonly item: Place;
    readonly place: Place;
  },
): Operation {
  const { path, method, item, place } = at;
  const { operationId, security = document.security ?? [] } = place.value;
  if (typeof operationId !== "string") throw new Error(`${method} ${path} has no operationId`);
  const body = child(document, place, "requestBody");
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    parameters: [item, place].flatMap((each) =>
      entriesOf(document, each, "parameters").map(([, found]) => readParameter(document, found)),
    ),
    body: body && { required: body.value.required === true, content: contentOf(document, body) },
    responses: new Map(
      entriesOf(document, place, "responses").map(([status, found]) => [
        Number(status), // `default` and `4XX` become NaN: a status is documented by itself or not at all
        { content: contentOf(document, found), headers: headersOf(document, found) },
      ]),
    ),
    security: security as JsonObject[],
  };
}

function readParameter(document: JsonObject, place: Place): Parameter {
  const { name, in: where, required } = place.value;
  return {
    name: String(name),
    in: where as Parameter["in"],
    required: required === true,
    schema: childOf(document, place, "schema"),
  };
}

function contentOf(document: JsonObject, place: Place): Content {
  return new Map(
    entriesOf(document, place, "content").map(([type, media]) => [
      mediaTypeOf(type),
      // A body of bytes needs no schema in OpenAPI 3.1.
      child(document, media, "schema") ?? { pointer: "", value: {} },
    ]),
  );
}

function headersOf(document: JsonObject, place: Place): DocumentedResponse["headers"] {
  return new Map(
    entriesOf(document, place, "headers").map(([name, header]) => [
      name.toLowerCase(),
      { required: header.value.required === true, schema: childOf(document, header, "schema") },
    ]),
  );
}

/** `Text/CSV; charset=utf-8` → `text/csv` */
export function mediaTypeOf(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/** What stands at the pointer, after following `$ref`. @throws Error when nothing does */
function placeAt(document: JsonObject, pointer: string): Place {
  const tokens = pointer.split("/").slice(1);
  const value = tokens.reduce<unknown>(
    (node, token) =>
      isObject(node) ? node[token.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined,
    document,
  );
  if (!isObject(value)) throw new Error(`The document has nothing at ${pointer}`);
  const { $ref: reference } = value;
  if (typeof reference !== "string") return { pointer, value };
  return placeAt(document, decodeURIComponent(reference.replace(/^#/, "")));
}

function child(document: JsonObject, place: Place, name: string): Place | undefined {
  return place.value[name] === undefined ? undefined : childOf(document, place, name);
}

export function childOf(document: JsonObject, { pointer }: Place, name: string): Place {
  return placeAt(document, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

function entriesOf(document: JsonObject, place: Place, name: string): [string, Place][] {
  const found = child(document, place, name);
  return found === undefined
    ? []
    : Object.keys(found.value).map((key) => [key, childOf(document, found, key)]);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}
