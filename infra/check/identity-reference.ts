// Whether a value of the template is what Azure will say of the app's own identity, and of no other: `reference()` of exactly
// that resource. Its ids are known only when it is there, so the value is an expression still.

import { ofType, type Resource } from "./infrastructure.ts";

/** The identity that the deployment makes for the app. */
export const ownIdentity = (resources: readonly Resource[]): Resource | undefined =>
  ofType(resources, "Microsoft.ManagedIdentity/userAssignedIdentities").at(0);

export const isOfIdentity = (
  resources: readonly Resource[],
  value: unknown,
  member: "principalId" | "clientId",
): boolean => value === `[${referenceTo(resources, member)}]`;

/** The expression inside the brackets. */
export function referenceTo(
  resources: readonly Resource[],
  member: "principalId" | "clientId",
): string {
  const own = ownIdentity(resources);
  return `reference('${own?.id}', '${String(own?.apiVersion)}').${member}`;
}
