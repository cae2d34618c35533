// RFC 9457 problem documents: the schema, and the one function that writes one from a failure.
// Never carries upstream text: a Failure is safe by construction.

import * as z from "zod";
import type { Failure } from "../errors/app-error.ts";
import { ERROR_CATALOGUE } from "../errors/error-catalogue.ts";

const fieldFault = z.union([
  z.object({ pointer: z.string(), detail: z.string() }),
  z.object({ parameter: z.string(), detail: z.string() }),
]);

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  request_id: z.string(),
  remedy: z.string().exactOptional(),
  errors: z.array(fieldFault).exactOptional(),
  links: z.record(z.string(), z.string()).exactOptional(),
});
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
