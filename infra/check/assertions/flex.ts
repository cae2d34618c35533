// What Flex Consumption wants of the app: values that the compiler takes in any spelling and the platform does not.
// Sources: functions-host.md 6 and 10, infra.md 4, docs/benchmarks.md.

import { type Assertion, bothOf, everyOne, inEachVariant } from "../assertion.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";

const SITE = "Microsoft.Web/sites";
const SCALE = "properties.functionAppConfig.scaleAndConcurrency";
/** "1,000 questions in flight on one worker": what an idle worker has, and what each waiting request adds. */
const IDLE_MIB = 210;
const MIB_PER_REQUEST = 0.27;

const onSite = (faultsOf: (site: Resource, resources: readonly Resource[]) => string[]) =>
  inEachVariant((resources) =>
    ofType(resources, SITE).flatMap((site) => faultsOf(site, resources)),
  );

export const flex: readonly Assertion[] = [
  {
    id: "infra.poller-ready",
    faultsOf: inEachVariant((resources, { poller, functions }) =>
      ofType(resources, SITE).flatMap((site) => {
        const groups = Object.values(Object(at(site, `${SCALE}.alwaysReady`)));
        const names = groups.map((group) => String(at(group, "name")));
        const known = ["http", "blob", "durable", ...functions.map((name) => `function:${name}`)];
        const isReady = groups.some(
          (group) =>
            at(group, "name") === `function:${poller}` && Number(at(group, "instanceCount")) > 0,
        );
        return [
          ...(isReady ? [] : [`no instance is ready for function:${poller}`]),
          ...names.filter((name) => !known.includes(name)).map((name) => `no group ${name}`),
        ];
      }),
    ),
  },
  {
    id: "infra.http-concurrency",
    faultsOf: onSite((site) => {
      const requests = Number(at(site, `${SCALE}.triggers.http.perInstanceConcurrency`));
      const memory = Number(at(site, `${SCALE}.instanceMemoryMB`));
      const needed = IDLE_MIB + requests * MIB_PER_REQUEST;
      if (!(requests > 16 && requests <= 1000)) return [`${requests} requests an instance`];
      return needed <= memory / 2 ? [] : [`${needed} MiB of ${memory} for waiting requests`];
    }),
  },
  {
    id: "infra.flex-runtime",
    faultsOf: bothOf(
      everyOne("Microsoft.Web/serverfarms", {
        "sku.name": "FC1",
        "sku.tier": "FlexConsumption",
        "properties.reserved": true,
      }),
      everyOne(SITE, {
        kind: "functionapp,linux",
        "properties.functionAppConfig.runtime": { name: "node", version: "24" },
      }),
      onSite((site) => {
        const members = Object.keys(Object(at(site, "properties.siteConfig")));
        // Region stamps refuse other members (error 51021).
        return members.filter((name) => name !== "minTlsVersion").map((name) => `member ${name}`);
      }),
      onSite((site, resources) => {
        const farm = ofType(resources, "Microsoft.Web/serverfarms").map(({ id }) => id);
        return farm.includes(String(at(site, "properties.serverFarmId"))) ? [] : ["no plan"];
      }),
    ),
  },
];
