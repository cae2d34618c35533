// Names that code and infrastructure must share. A queue or table of another name would be made by nobody and read by nobody.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { ofType, ownName, type Resource } from "../infrastructure.ts";

const STORAGE = "Microsoft.Storage/storageAccounts";

function nameFaults(
  what: string,
  found: readonly Resource[],
  expected: readonly string[],
): string[] {
  const names = found.map(ownName);
  return [
    ...expected.filter((name) => !names.includes(name)).map((name) => `no ${what} ${name}`),
    ...names
      .filter((name) => !expected.includes(name))
      .map((name) => `nobody uses ${what} ${name}`),
  ];
}

export const names: readonly Assertion[] = [
  {
    id: "infra.queues",
    faultsOf: inEachVariant((resources, { queues }) =>
      nameFaults("queue", ofType(resources, `${STORAGE}/queueServices/queues`), queues),
    ),
  },
  {
    id: "infra.tables",
    faultsOf: inEachVariant((resources, { tables }) =>
      nameFaults("table", ofType(resources, `${STORAGE}/tableServices/tables`), tables),
    ),
  },
  {
    id: "infra.unique-ids",
    faultsOf: inEachVariant((resources) => {
      const ids = resources.map(({ id }) => id.toLowerCase());
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`);
    }),
  },
];
