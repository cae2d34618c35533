// Validators made of the OpenAPI document itself: JSON Schema 2020-12, as OpenAPI 3.1 says, with formats. Objects that
// the document leaves open, so that fields may be added to answers, are closed here: a field that it does not name is a
// fault. They tell where in the schema a value does not fit, and never what the value was.

import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject, type JsonObject, type Place } from "./document.ts";

/** Where the value breaks its schema, each place once; empty when it fits. */
export type FaultsOf = (schema: Place, value: unknown) => string[];

const SHARED = "shared:";
/** Keywords of OpenAPI's own dialect that say nothing about a value. */
const ANNOTATIONS = ["example", "discriminator", "externalDocs", "xml"];
const MOST_TOLD = 8;

/** @throws Error when a schema of the document cannot be compiled, at its first use */
export function createValidators(document: JsonObject): FaultsOf {
  const ajv = new Ajv2020({
    strict: true,
    // A part of an `allOf` need not repeat the type, nor a map name the fields it requires.
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
  });
  addFormats.default(ajv);
  ajv.addVocabulary([...ANNOTATIONS, ...extensionsIn(document)]);
  const { components } = document;
  const schemas = isObject(components) ? components.schemas : {};
  ajv.addSchema({ $id: SHARED, $defs: pure(schemas) });
  const compiled = new Map<string, ValidateFunction>();
  return ({ pointer, value: schema }, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile(pure(schema));
    compiled.set(pointer, validate);
    if (validate(value)) return [];
    const told = (validate.errors ?? []).map(tell);
    return [...new Set(told)].slice(0, MOST_TOLD);
  };
}

/** The document is no JSON Schema; the schemas that it shares are made one. */
function pure(schema: unknown): JsonObject {
  const text = JSON.stringify(closed(schema));
  return JSON.parse(
    text.replaceAll('"$ref":"#/components/schemas/', `"$ref":"${SHARED}#/$defs/`),
  ) as JsonObject;
}

/** An object with named fields that says nothing of others takes no others; a map or a loose object says so. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const parts = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const isOpen =
    schema.type === "object" &&
    isObject(schema.properties) &&
    schema.additionalProperties === undefined;
  return { ...Object.fromEntries(parts), ...(isOpen ? { unevaluatedProperties: false } : {}) };
}

/** The schema's place, and the name of a field that it does not know. */
function tell({ schemaPath, params }: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, missingProperty } = params;
  const field = additionalProperty ?? unevaluatedProperty ?? missingProperty;
  const place = schemaPath.replace(`${SHARED}#/$defs/`, "");
  return field === undefined ? place : `${place} (${field})`;
}

/** `x-…` keys are allowed everywhere in OpenAPI; the strict mode wants to be told of each. */
function extensionsIn(document: JsonObject): string[] {
  return [...new Set(JSON.stringify(document).match(/(?<=")x-[\w-]+(?=":)/g))];
}
