// RFC 9457 problem documents: the schema, and the one function that writes one from a failure.
// Never carries upstream text: a Failure is safe by construction.

import * as z from "zod";
import type { Failure } from "../errors/app-error.ts";
import { ERROR_CATALOGUE, ERROR_CODES } from "../errors/error-catalogue.ts";

const faultDetail = z.string().meta({ description: "What is wrong there; never what was sent." });
const fieldFault = z.union([
  z.object({
    pointer: z.string().meta({
      description: "Place in the body (RFC 6901).",
      examples: ["/query"],
    }),
    detail: faultDetail,
  }),
  z.object({
    parameter: z.string().meta({
      description: "Name of the query parameter or header.",
      examples: ["page_size"],
    }),
    detail: faultDetail,
  }),
]);

export const problemSchema = z
  .object({
    type: z.string().meta({ description: "Link to the meaning of the code and what to do." }),
    title: z.string().meta({ description: "The same for every problem of this code." }),
    status: z.int().min(400).max(599).meta({ description: "The HTTP status." }),
    detail: z.string().meta({ description: "What happened, for the person who asked." }),
    instance: z.string().meta({ description: "Path of the request." }),
    code: z.enum(ERROR_CODES).meta({ description: "Stable name of the reason." }),
    request_id: z.string().meta({ description: "As in `X-Request-Id`: give it to the operator." }),
    remedy: z
      .string()
      .meta({ description: "What an admin, or the caller, does about it: grant and command." })
      .exactOptional(),
    errors: z
      .array(fieldFault)
      .meta({ description: "Every fault of the request, all at once." })
      .exactOptional(),
    links: z
      .record(z.string(), z.string())
      .meta({ description: "Where to go on, for example `rerun` or `message`." })
      .exactOptional(),
  })
  .meta({ id: "Problem", description: "Why it did not work, and what to do (RFC 9457)." });
export type Problem = z.infer<typeof problemSchema>;

export interface ProblemContext {
  /** Base of absolute links, without a trailing slash. */
  readonly baseUrl: string;
  /** Path of the request. */
  readonly instance: string;
  readonly requestId: string;
}

/** The wire form of a failure (design §3.9). */
export function toProblem(failure: Failure, context: ProblemContext): Problem {
  const { status, title } = ERROR_CATALOGUE[failure.code];
  const links = Object.entries(failure.links ?? {});
  return {
    type: `${context.baseUrl}/docs/errors#${failure.code}`,
    title,
    status,
    detail: failure.detail,
    instance: context.instance,
    code: failure.code,
    request_id: context.requestId,
    ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    ...(failure.errors === undefined ? {} : { errors: [...failure.errors] }),
    ...(links.length === 0 ? {} : { links: absolute(links, context.baseUrl) }),
  };
}

function absolute(paths: readonly [string, string][], baseUrl: string): Record<string, string> {
  return Object.fromEntries(paths.map(([name, path]) => [name, `${baseUrl}${path}`]));
}
