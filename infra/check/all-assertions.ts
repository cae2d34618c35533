// Every assertion over the infrastructure, for `npm test` (on the golden files) and `npm run infra:check` (on what the
// compiler makes now).

import type { Assertion } from "./assertion.ts";
import { access } from "./assertions/access.ts";
import { alertLimits } from "./assertions/alert-limits.ts";
import { alertQueries } from "./assertions/alert-queries.ts";
import { alerts } from "./assertions/alerts.ts";
import { catalogue } from "./assertions/catalogue.ts";
import { flex } from "./assertions/flex.ts";
import { identity } from "./assertions/identity.ts";
import { logs } from "./assertions/logs.ts";
import { names } from "./assertions/names.ts";
import { network } from "./assertions/network.ts";
import { ownResources } from "./assertions/own-resources.ts";
import { roles } from "./assertions/roles.ts";
import { secrets } from "./assertions/secrets.ts";
import { settings } from "./assertions/settings.ts";
import type { CodeFacts } from "./code-facts.ts";
import type { Infrastructure } from "./infrastructure.ts";

export const ASSERTIONS: readonly Assertion[] = [
  ...access,
  ...secrets,
  ...roles,
  ...settings,
  ...names,
  ...flex,
  ...identity,
  ...network,
  ...alerts,
  ...alertLimits,
  ...alertQueries,
  ...logs,
  ...ownResources,
  ...catalogue,
];

/** `id: what is wrong`, for every fault. */
export function faultsIn(infrastructure: Infrastructure, facts: CodeFacts): string[] {
  return ASSERTIONS.flatMap(({ id, faultsOf }) =>
    faultsOf(infrastructure, facts).map((fault) => `${id}: ${fault}`),
  );
}
