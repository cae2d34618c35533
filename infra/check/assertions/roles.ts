// Role assignments: each opens one resource, to somebody named, with a role that is needed there. A grant without a scope
// compiles without a word and opens the whole resource group.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { DECLARED } from "../declared.ts";
import { isOfIdentity } from "../identity-reference.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";
import { NEEDED_ROLES } from "../needed-roles.ts";

const ONE_RESOURCE =
  /\/resourceGroups\/[^/]+\/providers\/([^/]+\/[^/]+)\/[^/]+\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i;
const ROLE =
  /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/roleDefinitions\/([0-9a-f-]{36})$/;
/** Known before the deployment, so that what-if can predict it. */
const FIXED_NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KINDS = ["User", "Group", "ServicePrincipal"];

const grants = (resources: readonly Resource[]) =>
  ofType(resources, "Microsoft.Authorization/roleAssignments");

export const roles: readonly Assertion[] = [
  {
    id: "infra.roles-one-resource",
    faultsOf: inEachVariant((resources) =>
      grants(resources).flatMap(({ id, name, properties }) => [
        ...(ONE_RESOURCE.test(id) ? [] : [`${name} is not scoped to one resource`]),
        ...(FIXED_NAME.test(name) ? [] : [`the name ${name} is not known before the deployment`]),
        ...(KINDS.includes(String(at(properties, "principalType")))
          ? []
          : [`${name} does not say of what kind its principal is`]),
      ]),
    ),
  },
  {
    id: "infra.roles-needed",
    faultsOf: inEachVariant((resources) =>
      grants(resources).flatMap((grant) => {
        const { type, role } = opened(grant);
        const isNeeded = NEEDED_ROLES[type]?.[role] !== undefined;
        return isNeeded ? [] : [`${grant.name}: ${role} is not needed on ${type}`];
      }),
    ),
  },
  {
    id: "infra.roles-holders",
    faultsOf: inEachVariant((resources, _facts, variant) =>
      grants(resources).flatMap((grant) => {
        const { type, role } = opened(grant);
        const { name = role, holder } = NEEDED_ROLES[type]?.[role] ?? {};
        const principal = at(grant, "properties.principalId");
        const isHolder =
          holder === "app"
            ? isOfIdentity(resources, principal, "principalId")
            : holder !== undefined && principal === DECLARED[variant][holder]?.objectId;
        const kind = holder === "officer" ? DECLARED[variant].officer?.kind : "ServicePrincipal";
        return [
          ...(isHolder ? [] : [`${String(principal)} has ${name} and should not`]),
          ...(at(grant, "properties.principalType") === kind ? [] : [`${name} is no ${kind}'s`]),
        ];
      }),
    ),
  },
  {
    id: "infra.roles-complete",
    faultsOf: inEachVariant((resources) => {
      const given = grants(resources).map((grant) => opened(grant).role);
      return Object.values(NEEDED_ROLES)
        .flatMap((ids) => Object.entries(ids))
        .filter(([id, { holder }]) => holder === "app" && !given.includes(id))
        .map(([, { name }]) => `nobody has ${name}`);
    }),
  },
];

/** Type of the opened resource and id of the role; empty where the grant names none. */
function opened({ id, properties }: Resource) {
  const [, type = ""] = ONE_RESOURCE.exec(id) ?? [];
  const [, role = ""] = ROLE.exec(String(at(properties, "roleDefinitionId"))) ?? [];
  return { type, role };
}
