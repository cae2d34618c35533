// Who gets to storage and vault over the internet: with a private network nobody but the declared addresses, and those to the vault
// alone; without one everybody whom Entra and the roles let in. Rules that are not asked for are faults in both.

import { brokenRules } from "../assertion.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";

const RULES = "properties.networkAcls";
const OTHER_LISTS = ["virtualNetworkRules", "resourceAccessRules"];

type DefaultAction = "Allow" | "Deny";

export function closedFaults(
  resources: readonly Resource[],
  isPrivate: boolean,
  vaultRanges: readonly string[],
): string[] {
  const defaultAction = isPrivate ? "Deny" : "Allow";
  return [
    ...ofType(resources, "Microsoft.Storage/storageAccounts").flatMap((account) =>
      doorFaults(account, defaultAction, []),
    ),
    ...ofType(resources, "Microsoft.KeyVault/vaults").flatMap((vault) =>
      doorFaults(vault, defaultAction, vaultRanges),
    ),
  ];
}

function doorFaults(
  resource: Resource,
  defaultAction: DefaultAction,
  ranges: readonly string[],
): string[] {
  const given = valuesOf(resource, "ipRules");
  // Closed for good where no address is let in: a rule that is added by hand later opens nothing then.
  const access = defaultAction === "Allow" || given.length > 0 ? "Enabled" : "Disabled";
  const faults = brokenRules([
    [`public access is not ${access}`, at(resource, "properties.publicNetworkAccess") === access],
    [`the rule is not ${defaultAction}`, at(resource, `${RULES}.defaultAction`) === defaultAction],
    ["services of Azure go around the rules", at(resource, `${RULES}.bypass`) === "None"],
    ...given.map((range) => [`${range} is let in`, ranges.includes(range)] as const),
    ...OTHER_LISTS.map(
      (list) => [`there are ${list}`, valuesOf(resource, list).length === 0] as const,
    ),
  ]);
  return faults.map((fault) => `${resource.name}: ${fault}`);
}

const valuesOf = (resource: Resource, list: string): string[] =>
  Object.values(Object(at(resource, `${RULES}.${list}`) ?? [])).map((rule) =>
    String(at(rule, "value")),
  );
