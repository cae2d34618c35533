// A schema of OpenAPI 3.1 as one of Swagger 2.0 that the Power Platform takes: no null in types, no anyOf, no const, no
// examples (connectors.md §2.4). It throws for what it does not know, rather than to drop it.

import { displayName, plainText } from "./display-name.ts";

export type SwaggerSchema = Readonly<Record<string, unknown>>;
type Schema = Readonly<Record<string, unknown>>;

/** Kept as they are. */
const KEPT = new Set([
  "enum",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "default",
  "required",
]);
/** Formats that the connector's schema knows; others, and what only narrows a value, are left out. */
const FORMATS = new Set(["date-time", "uri"]);
const LEFT_OUT = new Set([
  "examples",
  "pattern",
  "format",
  "additionalProperties",
  "id",
  "$schema",
  "propertyNames",
]);

export function toSwaggerSchema(schema: Schema): SwaggerSchema {
  if (typeof schema.$ref === "string") return { $ref: definitionOf(schema.$ref) };
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return fromAlternatives(schema, alternatives);
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) Object.assign(converted, convert(key, value));
  return { ...converted, ...format(schema), ...openObject(schema) };
}

const definitionOf = (ref: string) => ref.replace("#/components/schemas/", "#/definitions/");

function convert(key: string, value: unknown): Record<string, unknown> {
  if (key === "type") return toType(value);
  if (key === "const") return { enum: [value], type: typeof value };
  if (key === "items") return { items: toSwaggerSchema(asSchema(value)) };
  if (key === "properties") return { properties: toProperties(asSchema(value)) };
  if (key === "description") return { description: plainText(String(value)) };
  if (KEPT.has(key)) return { [key]: value };
  if (LEFT_OUT.has(key)) return {};
  throw new Error(`the connector has no ${key}`);
}

/** `["string", "null"]` → a string that may be null. */
function toType(type: unknown): Record<string, unknown> {
  if (!Array.isArray(type)) return { type };
  const [only, ...others] = type.filter((each) => each !== "null");
  if (only === undefined || others.length > 0) throw new Error(`the connector has no type ${type}`);
  return { type: only, "x-nullable": true };
}

function format({ format: name, type }: Schema): Record<string, unknown> {
  if (type === "integer") return { format: "int32" };
  return typeof name === "string" && FORMATS.has(name) ? { format: name } : {};
}

/** Rows have the columns that the question gave them. */
function openObject({ type, properties, additionalProperties }: Schema): Record<string, unknown> {
  const isOpen = type === "object" && properties === undefined && additionalProperties !== false;
  return isOpen ? { additionalProperties: {} } : {};
}

function toProperties(properties: Schema): Record<string, SwaggerSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const schema = toSwaggerSchema(asSchema(property));
      // Nothing may stand beside a reference (connectors.md §2.5).
      return [name, "$ref" in schema ? schema : { ...schema, "x-ms-summary": displayName(name) }];
    }),
  );
}

/** One that may be null, or objects that differ in their fields: then all fields, none required. */
function fromAlternatives({ description }: Schema, alternatives: readonly Schema[]): SwaggerSchema {
  const real = alternatives.filter(({ type }) => type !== "null");
  const [first] = real;
  if (first === undefined) throw new Error("the connector has no null alone");
  if (real.length === 1) {
    const schema = toSwaggerSchema(first);
    const text = description === undefined ? {} : convert("description", description);
    return "$ref" in schema ? schema : { ...schema, ...text, "x-nullable": true };
  }
  const properties = Object.assign({}, ...real.map((each) => asSchema(each.properties)));
  return { type: "object", properties: toProperties(properties) };
}

/** A part of a schema that must itself be an object. @throws Error when it is none */
export function asSchema(value: unknown): Schema {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("this part of a schema is no object");
  }
  return Object.fromEntries(Object.entries(value));
}
