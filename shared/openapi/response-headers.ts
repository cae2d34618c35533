// The headers of responses, told once in `components.headers` and named where they come (design §3.1, §3.2).

import type { oas31 } from "zod-openapi";
import { EXAMPLE_OPERATION_ID } from "../contracts/ids.ts";
import { PLACEHOLDER_BASE } from "./placeholders.ts";

const text = (description: string, example: string): oas31.HeaderObject => ({
  description,
  required: true,
  schema: { type: "string", examples: [example] },
});
const maybe = (description: string, example: string): oas31.HeaderObject => ({
  ...text(description, example),
  required: false,
});

const AT = `${PLACEHOLDER_BASE}/genie/operations/${EXAMPLE_OPERATION_ID}`;

export const HEADERS = {
  "X-Request-Id": text(
    "The caller's own if it had the right form, else one of the gateway's.",
    "8f14e45f-ceea-467f-a5d6-3d4b2a1c9e70",
  ),
  "Cache-Control": text(
    "`no-store`: answers are never kept by caches. Only the documents may be.",
    "no-store",
  ),
  ETag: text("For `If-None-Match`; another one for each content coding.", '"1f4a9c-br"'),
  Location: text("Absolute: where to ask again; 202 until it is done.", `${AT}/result`),
  "Operation-Location": text("Absolute: the status monitor.", AT),
  "Retry-After": {
    description: "Whole seconds.",
    required: true,
    schema: { type: "integer", minimum: 1, examples: [2] },
  },
  // Of a 200 whose `status` is `running` (design §3.3).
  "Retry-After-Running": {
    description: "Whole seconds; only with `status` `running`.",
    required: false,
    schema: { type: "integer", minimum: 1, examples: [2] },
  },
  "Preference-Applied": maybe("What was used of `Prefer` (RFC 7240).", "wait=30"),
  "Content-Disposition": maybe("A name for the file, where it is one.", "attachment"),
  "WWW-Authenticate": text(
    "The challenge (RFC 6750); with `claims` when Entra asks for another sign-in step.",
    'Bearer realm="genie-gateway"',
  ),
} as const satisfies Record<string, oas31.HeaderObject>;

export type HeaderName = keyof typeof HEADERS;

/** What every answer carries, and these. */
export function headersOf(names: readonly HeaderName[]): Record<string, oas31.ReferenceObject> {
  const all = ["X-Request-Id", "Cache-Control", ...names];
  return Object.fromEntries(
    all.map((name) => [name.replace("-Running", ""), { $ref: `#/components/headers/${name}` }]),
  );
}
