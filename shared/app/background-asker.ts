// Whose authority a worker has for an operation that nobody waits for: the app's own for app questions, the sealed
// Databricks token for a user question with a callback (design §3.7). A user question never becomes the app's.

import type { TokenSource } from "../auth/databricks-tokens.ts";
import { AppError } from "../errors/app-error.ts";
import type { BackgroundAsker } from "../operations/drive-in-background.ts";
import type { Genie } from "../operations/genie.ts";
import type { Operation } from "../operations/operation.ts";
import type { TokenCustody } from "../operations/ports.ts";
import type { AskerOf } from "./asker.ts";

export function createBackgroundAsker(deps: {
  readonly askerOf: AskerOf;
  readonly custody: TokenCustody;
  readonly genieWith: (tokens: Pick<TokenSource, "get" | "reject">) => Genie;
}): BackgroundAsker {
  return async (operation) => {
    const { owner } = operation;
    if (owner.kind !== "user") return { ...deps.askerOf({ ...owner }), owner };
    const token = await deps.custody.open(operation);
    if (token === undefined) return undefined;
    const genie = deps.genieWith({
      get: async () => token,
      // Refused by Databricks: it is worth nothing to anybody any more.
      reject: () => void deps.custody.erase(operation.id).catch(() => {}),
    });
    return { owner, genie: async () => genie, databricksToken: () => refuseCustody(operation) };
  };
}

/** A token in custody is used, never kept a second time. */
function refuseCustody({ id }: Operation): Promise<never> {
  const detail = `The sealed token of operation ${id} is not given out.`;
  return Promise.reject(new AppError({ code: "internal_error", detail }));
}
