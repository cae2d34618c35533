// What an endpoint promises, as data: method, path, who may call, which schemas, which failures.
// The schemas hide behind `import()`, so that registering every route at start-up does not load zod.

import type { ZodType } from "zod";
import type { ErrorCode } from "../errors/error-catalogue.ts";
import type { PathParameters } from "./path-parameters.ts";

/**
 * - `none`: no token.
 * - `user`: a user's token (on-behalf-of).
 * - `app`: an app-only token with the role, or the function key (`APP_ENDPOINT_AUTH`).
 * - `user-or-app`: either; the verified claims decide.
 * - `owner`: either; in function-key mode also nobody, for operations that were asked with the key.
 */
export type RouteAuth = "none" | "user" | "app" | "user-or-app" | "owner";

/** A zod object: its keys are the known query parameters or body fields. */
type ObjectSchema<T> = ZodType<T, Record<string, unknown>> & {
  readonly shape: Readonly<Record<string, unknown>>;
};

export interface InputSchemas<Query, Body> {
  /** Known query parameters, each a single string. Unknown ones are ignored (design §3.1). */
  readonly query: ObjectSchema<Query>;
  /** Absent where the endpoint takes no body. Unknown fields must be an issue of the schema. */
  readonly body?: ObjectSchema<Body>;
}

/** Media type → schema of the body; of a stream of server-sent events: of one event. */
export type Content = Readonly<Record<string, ZodType>>;

/** Status → every success body (null: no body); problems follow from `errors`. */
export type ResponseSchemas = Readonly<Record<number, Content | null>>;

/** A body that only comes as JSON. */
export function json(schema: ZodType): Content {
  return { "application/json": schema };
}

/** Seconds that a request waits when it states no preference (design §3.2), before the cap. */
export interface DefaultWait {
  readonly auto: number;
  /** With `async=never`. */
  readonly never: number;
}

export interface RouteContract<Auth extends RouteAuth, Params, Query, Body> {
  /** The function's name: unique, kebab-case; the host matches routes in the order of these names. */
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** Route template without a leading slash, as `app.http` takes it. */
  readonly path: string;
  readonly auth: Auth;
  /** Keys of the path, known to the compiler only; forms and 404 codes are in path-parameters.ts. */
  readonly params?: Params;
  /** Absent where the endpoint reads neither query nor body. */
  readonly input?: () => Promise<InputSchemas<Query, Body>>;
  /** Success bodies, for documents and tests; never loaded to serve a request. */
  readonly responses: () => Promise<ResponseSchemas>;
  /** Present where the caller may say how long to wait (`Prefer`, `async`, `wait`). */
  readonly defaultWait?: DefaultWait;
  /** Present where the `Idempotency-Key` header counts; `required`: a request without one is a 400. */
  readonly idempotencyKey?: "optional" | "required";
  /** Every code this endpoint can answer with its status, besides those of `auth` and of every endpoint. */
  readonly errors: readonly ErrorCode[];
}

/** No query parameters, or no body. */
export type Nothing = Record<never, never>;

/** Keeps the types of one contract, with the parameters read off its path; does nothing at run time. */
export function defineRoute<
  Auth extends RouteAuth,
  const Path extends string,
  Query = Nothing,
  Body = undefined,
>(
  contract: RouteContract<Auth, PathParameters<Path>, Query, Body> & { readonly path: Path },
): RouteContract<Auth, PathParameters<Path>, Query, Body> {
  return contract;
}
