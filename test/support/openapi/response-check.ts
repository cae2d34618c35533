// Holds one answer against the OpenAPI document: operation, status, media type, headers and body must each be
// documented. It tells faults by operation, status and place in the schema, never with what the answer held.

import type { RecordedExchange } from "../../../local/functions-host/http/record-exchange.ts";
import { bodyValues } from "./body-values.ts";
import {
  type DocumentedResponse,
  type JsonObject,
  mediaTypeOf,
  type Operation,
  operationsOf,
  type Place,
} from "./document.ts";
import { createValidators, type FaultsOf } from "./validators.ts";

export interface CheckedResponse {
  /** Undefined: not documented. */
  readonly operation: Operation | undefined;
  readonly faults: readonly string[];
}

export interface ResponseCheck {
  readonly operations: readonly Operation[];
  /** An answer of a function; its `route` must be there. */
  check(exchange: RecordedExchange): CheckedResponse;
}

export function createResponseCheck(document: JsonObject): ResponseCheck {
  const operations = operationsOf(document);
  const byRoute = new Map(operations.map((each) => [`${each.method} ${each.path}`, each]));
  const faultsOf = createValidators(document);
  return {
    operations,
    check: (exchange) => {
      const route = `${exchange.method} /${exchange.route}`;
      const operation = byRoute.get(route);
      if (operation === undefined)
        return { operation, faults: [`${route}: undocumented operation`] };
      const response = operation.responses.get(exchange.status);
      const found =
        response === undefined
          ? ["undocumented status"]
          : [
              ...headerFaults(response, exchange, faultsOf),
              ...contentFaults(response, exchange, faultsOf),
            ];
      const faults = found.map((fault) => `${operation.id} ${exchange.status}: ${fault}`);
      return { operation, faults };
    },
  };
}

function headerFaults(
  { headers }: DocumentedResponse,
  exchange: RecordedExchange,
  faultsOf: FaultsOf,
): string[] {
  return [...headers].flatMap(([name, { required, schema }]) => {
    const value = exchange.headers[name];
    if (value === undefined) return required ? [`header ${name} is missing`] : [];
    const broken = faultsOf(schema, typed(schema, String(value)));
    return broken.map((place) => `header ${name} does not fit ${place}`);
  });
}

/** A header is text; its schema may speak of the number in it. */
function typed({ value: { type } }: Place, text: string): unknown {
  return (type === "integer" || type === "number") && /^-?\d+$/.test(text) ? Number(text) : text;
}

function contentFaults(
  { content }: DocumentedResponse,
  exchange: RecordedExchange,
  faultsOf: FaultsOf,
): string[] {
  const type = mediaTypeOf(String(exchange.headers["content-type"] ?? ""));
  if (content.size === 0) return exchange.size > 0 || type !== "" ? ["undocumented body"] : [];
  const schema = content.get(type);
  if (schema === undefined) return [`undocumented media type ${type || "(none)"}`];
  try {
    return [...new Set(bodyValues(exchange).flatMap((value) => faultsOf(schema, value)))].map(
      (place) => `${type} does not fit ${place}`,
    );
  } catch (error) {
    if (error instanceof SyntaxError) return [`${type} is not what it says`];
    throw error;
  }
}
