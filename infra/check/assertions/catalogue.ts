// Every kind of resource is explained: nothing is deployed of which docs/azure-resources.md does not say what it is for and
// what it costs, and nothing is explained that is not deployed.

import type { Assertion } from "../assertion.ts";
import { catalogueEntry, catalogueTypes } from "../resource-catalogue.ts";

export const catalogue: readonly Assertion[] = [
  {
    id: "infra.explained",
    faultsOf: ({ variants }) => {
      const types = new Set(Object.values(variants).flatMap((all) => all.map(({ type }) => type)));
      return [
        ...[...types]
          .filter((type) => catalogueEntry(type) === undefined)
          .map((type) => `${type} is not explained`),
        ...catalogueTypes()
          .filter((type) => !types.has(type))
          .map((type) => `${type} is explained and not deployed`),
      ];
    },
  },
];
