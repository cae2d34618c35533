// From the verified caller to what the domain needs of it: an owner, and a Genie that acts with exactly this
// caller's authority. A user never becomes the app here, whatever fails (design §1.2).

import type { Caller } from "../auth/caller.ts";
import type { TokenSource } from "../auth/databricks-tokens.ts";
import type { Genie } from "../operations/genie.ts";
import type { Owner } from "../operations/owner.ts";
import type { Asker } from "../operations/ports.ts";

export type AskerOf = (caller: Caller) => Asker;

export function createAskerOf(deps: {
  readonly tokens: { forCaller(caller: Caller): TokenSource };
  /** Called once per request. */
  readonly genieWith: (tokens: TokenSource) => Genie;
}): AskerOf {
  return (caller) => {
    const source = deps.tokens.forCaller(caller);
    const genie = deps.genieWith(source);
    return {
      owner: ownerOf(caller),
      genie: async () => {
        await source.get(); // a refused exchange shows here, before anything is recorded or asked
        return genie;
      },
      databricksToken: source.getWithExpiry,
    };
  };
}

function ownerOf(caller: Caller): Owner {
  switch (caller.kind) {
    case "user":
      return { kind: "user", tenantId: caller.tenantId, objectId: caller.objectId };
    case "app":
      return { kind: "app", tenantId: caller.tenantId, clientId: caller.clientId };
    case "function-key":
      return { kind: "function-key" };
  }
}
