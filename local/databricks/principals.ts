// Who is in the workspace: users by Entra object id, service principals by client id.
// Grants can change while it runs; everything else about a principal is fixed.

import type {
  DatabricksSimulatorOptions,
  Grants,
  SimulatedServicePrincipal,
  SimulatedUser,
} from "./options.ts";

export interface Principal {
  readonly kind: "user" | "app";
  /** Object id of a user, client id of a service principal. */
  readonly externalId: string;
  readonly userId: number;
  readonly userName: string;
  readonly displayName: string;
  readonly groups: readonly string[];
  readonly active: boolean;
  readonly inWorkspace: boolean;
  readonly grants: Grants;
}

export interface Principals {
  find(externalId: string): Principal | undefined;
  all(): readonly Principal[];
  /** Throws for an id that nobody has, so that a mistyped test fails. */
  change(
    externalId: string,
    change: Partial<Pick<Principal, "active" | "grants" | "inWorkspace">>,
  ): void;
}

export function createPrincipals(
  options: Pick<DatabricksSimulatorOptions, "users" | "servicePrincipals">,
): Principals {
  const principals = new Map<string, Principal>();
  for (const user of options.users) {
    principals.set(user.objectId, {
      ...shared(user),
      kind: "user",
      externalId: user.objectId,
      userName: user.userName,
    });
  }
  for (const app of options.servicePrincipals) {
    // A service principal's user name is its client id (genie-api.md §4).
    principals.set(app.clientId, {
      ...shared(app),
      kind: "app",
      externalId: app.clientId,
      userName: app.clientId,
    });
  }
  return {
    find: (externalId) => principals.get(externalId),
    all: () => [...principals.values()],
    change: (externalId, change) => {
      const known = principals.get(externalId);
      if (known === undefined) throw new Error("no such principal in the simulated workspace");
      principals.set(externalId, { ...known, ...change });
    },
  };
}

function shared(from: SimulatedUser | SimulatedServicePrincipal) {
  const {
    userId,
    displayName,
    grants,
    groups = ["users"],
    active = true,
    inWorkspace = true,
  } = from;
  return { userId, displayName, grants, groups, active, inWorkspace };
}
