// The schemas that the actions of the connector use, and those that these use; no others.

import type { oas31 } from "zod-openapi";
import { MAKER_TEXTS, SPACE_VALUES } from "./maker-texts.ts";
import { asSchema, type SwaggerSchema, toSwaggerSchema } from "./to-swagger-schema.ts";

/** What an engine cannot fill in by an action: the HTTP Webhook action subscribes by itself. */
const NOT_FOR_MAKERS = new Set(["callback_url"]);

export function usedDefinitions(
  document: oas31.OpenAPIObject,
  paths: unknown,
): Record<string, SwaggerSchema> {
  const definitions: Record<string, SwaggerSchema> = {};
  const wanted = new Set(namesIn(paths));
  for (const name of wanted) {
    // a Set's loop also visits what is added on the way
    const definition = withMakersFields(name, toSwaggerSchema(schemaNamed(document, name)));
    definitions[name] = definition;
    for (const used of namesIn(definition)) wanted.add(used);
  }
  return Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function namesIn(part: unknown): string[] {
  const refs = JSON.stringify(part).matchAll(/"#\/definitions\/(\w+)"/g);
  return [...refs].map(([, name = ""]) => name);
}

function schemaNamed({ components }: oas31.OpenAPIObject, name: string) {
  return asSchema(components?.schemas?.[name]);
}

/** The fields that a maker fills in or reads, in a maker's words. */
function withMakersFields(name: string, schema: SwaggerSchema): SwaggerSchema {
  if (schema.properties === undefined) return schema;
  const texts = MAKER_TEXTS[name] ?? {};
  const properties = Object.entries(asSchema(schema.properties))
    .filter(([field]) => !NOT_FOR_MAKERS.has(field))
    .map(([field, property]) => [
      field,
      {
        ...asSchema(property),
        ...(texts[field] === undefined ? {} : { description: texts[field] }),
        ...(name === "Question" ? QUESTION_FIELDS[field] : {}),
      },
    ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

const QUESTION_FIELDS: Readonly<Record<string, SwaggerSchema>> = {
  query: { "x-ms-summary": "Question", "x-ms-visibility": "important" },
  conversation_id: { "x-ms-visibility": "important" },
  space: { "x-ms-visibility": "important", "x-ms-dynamic-values": SPACE_VALUES },
};
