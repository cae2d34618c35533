// From the alias a caller names to the space it stands for. Callers only ever see aliases (design §2).

import { AppError } from "../errors/app-error.ts";
import type { Space } from "./ports.ts";

const DEFAULT_ALIAS = "default";

/**
 * @param alias as the caller gave it, in body or query; undefined stands for `default`
 * @throws AppError `space_not_found` for an unknown alias; `invalid_request` when none was named and
 *   there is no `default`
 */
export function resolveSpace(
  spaces: ReadonlyMap<string, string>,
  alias: string | undefined,
): Space {
  const id = spaces.get(alias ?? DEFAULT_ALIAS);
  if (id !== undefined) return { alias: alias ?? DEFAULT_ALIAS, id };
  if (alias !== undefined) {
    throw new AppError({
      code: "space_not_found",
      detail: "No space is configured under this alias.",
      remedy: "List the aliases you may use with GET /genie/spaces.",
    });
  }
  throw new AppError({
    code: "invalid_request",
    detail: "There is no default space here, so the request must name one.",
    errors: [{ parameter: "space", detail: "Name one of the aliases of GET /genie/spaces." }],
  });
}
