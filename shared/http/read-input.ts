// Everything a route reads from its request once the caller is known, in the order of design §3.1:
// body size, content type, then all faults of query, headers and body together, then the ids of the path.

import type { HttpRequest } from "@azure/functions";
import type { InputSchemas, RouteAuth, RouteContract } from "../contracts/route-contract.ts";
import type { Clock } from "../telemetry/clock.ts";
import { type Checked, faultsOf } from "./checked.ts";
import { expectJson } from "./content-type.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { invalidRequest } from "./invalid-request.ts";
import { parseJsonBody } from "./parse-json-body.ts";
import { readPathParameters } from "./path-parameters.ts";
import { readBody } from "./read-body.ts";
import { validateBody } from "./validate-body.ts";
import { validateQuery } from "./validate-query.ts";

export interface ReadInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly idempotencyKey: string | null;
}

/** @throws AppError 413, 415, 400 with all faults, or the 404 of an id that has not the right form. */
export async function readInput<Auth extends RouteAuth, Params, Query, Body>(
  contract: RouteContract<Auth, Params, Query, Body>,
  request: HttpRequest,
  clock: Clock,
): Promise<ReadInput<Params, Query, Body>> {
  const schemas = await contract.input?.();
  const body = schemas?.body ? await readJson(schemas.body, request, clock) : NOTHING;
  const query = schemas ? validateQuery(schemas.query, new URL(request.url).searchParams) : EMPTY;
  const need = contract.idempotencyKey;
  const key = need === undefined ? NO_KEY : readIdempotencyKey(request.headers, need);
  if ("faults" in query || "faults" in key || "faults" in body) {
    throw invalidRequest([query, key, body].flatMap(faultsOf));
  }
  return {
    // defineRoute ties the types to the path and to the schemas; where there is none, the type is empty.
    params: readPathParameters(contract.path, request.params) as Params,
    query: query.value as Query,
    body: body.value as Body,
    idempotencyKey: key.value,
  };
}

const NOTHING = { value: undefined };
const EMPTY = { value: {} };
const NO_KEY = { value: null };

async function readJson<Body>(
  schema: NonNullable<InputSchemas<unknown, Body>["body"]>,
  request: HttpRequest,
  clock: Clock,
): Promise<Checked<Body>> {
  const bytes = await readBody(request.body, clock);
  if (bytes.byteLength > 0) expectJson(request.headers);
  const json = parseJsonBody(bytes);
  return "fault" in json ? { faults: [json.fault] } : validateBody(schema, json.value);
}
