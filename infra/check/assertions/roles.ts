// Role assignments: each opens one resource, to somebody named, with a role that is needed there. A grant without a scope
// compiles without a word and opens the whole resource group.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";
import { NEEDED_ROLES } from "../needed-roles.ts";

/** The app itself may never do these. */
const FOR_PEOPLE = new Set([
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  "de139f84-1756-47ae-9be6-808fbbe84772",
]);
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
      grants(resources).flatMap(({ id, name, properties }) => {
        const [, type = ""] = ONE_RESOURCE.exec(id) ?? [];
        const [, role = ""] = ROLE.exec(String(at(properties, "roleDefinitionId"))) ?? [];
        const toApp = String(at(properties, "principalId")).includes("userAssignedIdentities");
        if (NEEDED_ROLES[type]?.[role] === undefined)
          return [`${name}: ${role} is not needed on ${type}`];
        return toApp && FOR_PEOPLE.has(role) ? [`${name}: the app may not have ${role}`] : [];
      }),
    ),
  },
  {
    id: "infra.roles-complete",
    faultsOf: inEachVariant((resources) => {
      const given = grants(resources).map(({ properties }) =>
        ROLE.exec(String(at(properties, "roleDefinitionId")))?.at(1),
      );
      const optional = new Set([...FOR_PEOPLE, "acdd72a7-3385-48ef-bd42-f606fba81ae7"]);
      return Object.values(NEEDED_ROLES)
        .flatMap((ids) => Object.entries(ids))
        .filter(([id]) => !optional.has(id) && !given.includes(id))
        .map(([, { name }]) => `nobody has ${name}`);
    }),
  },
];
