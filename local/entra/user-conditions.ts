// What Entra holds against a user, checked at every grant that yields tokens of that user.

import type { SimulatedUser } from "../users.ts";
import type { UserCondition } from "./directory.ts";
import type { RefusalName } from "./refusal-catalogue.ts";
import { EntraRefusal } from "./refusals.ts";
import type { Tenant } from "./tenant.ts";

const REFUSAL_OF = {
  "needs-consent": "consent",
  "needs-mfa": "mfa",
  blocked: "blocked",
  "not-assigned": "not_assigned",
  revoked: "revoked",
} as const satisfies Record<UserCondition, RefusalName>;

/**
 * The user, if nothing stands against it. A second factor lifts `needs-mfa` alone.
 * @throws EntraRefusal 50034, 65001, 50076, 53003, 50105, 50173
 */
export function admitUser(tenant: Tenant, objectId: unknown, secondFactor: boolean): SimulatedUser {
  const user = tenant.directory.user(objectId);
  if (!user) throw new EntraRefusal("user_unknown");
  const condition = tenant.directory.condition(user.objectId);
  if (condition && !(condition === "needs-mfa" && secondFactor)) {
    throw new EntraRefusal(REFUSAL_OF[condition]);
  }
  return user;
}
