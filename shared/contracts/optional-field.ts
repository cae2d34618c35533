// An optional field of a body: `null` in it is as if it were absent (design §3.1), and the documents say so. That nulls
// are taken out before a schema sees the body is the HTTP layer's work.

import type { ZodType } from "zod";

interface FieldText {
  readonly description: string;
  readonly examples?: readonly string[];
  /** What the documents cannot read off the schema. */
  readonly shown?: Readonly<Record<string, unknown>>;
}

export function optionalField<Schema extends ZodType<unknown, string>>(
  schema: Schema,
  { shown, examples, ...text }: FieldText,
) {
  return schema.exactOptional().meta({
    ...text,
    ...(examples === undefined ? {} : { examples: [...examples] }),
    override: ({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }) => {
      Object.assign(jsonSchema, { type: ["string", "null"] }, shown);
    },
  });
}
