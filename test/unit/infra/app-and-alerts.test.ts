// Names, scaling, alerts and the document of all resources: green on what is committed, red for each planted fault.

import { globSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { ASSERTIONS } from "../../../infra/check/all-assertions.ts";
import { staleGolden } from "../../../infra/check/golden.ts";
import { readGolden } from "../../../infra/check/infrastructure.ts";
import { PLANTED_FAULTS } from "../../../infra/check/planted-faults.ts";
import { ALERT_EVENTS } from "../../../shared/telemetry/alert-signals.ts";
import { catches } from "../../support/infra-faults.ts";
import { verifies } from "../../support/verifies.ts";

const SITE = "Microsoft.Web/sites";
const RULE = "Microsoft.Insights/scheduledQueryRules";
const scale = (site: { properties: { functionAppConfig: object } }) =>
  Object(site.properties.functionAppConfig).scaleAndConcurrency;

verifies("infra.queues", "another name, one too few, one too many", async () => {
  await catches("infra.queues", "Microsoft.Storage/storageAccounts/queueServices/queues", {
    renamed: (queue) => (queue.name += "s"),
    missing: (queue, resources) => resources.splice(resources.indexOf(queue), 1),
  });
});

verifies("infra.tables", "another name", async () => {
  await catches("infra.tables", "Microsoft.Storage/storageAccounts/tableServices/tables", {
    renamed: (table) => (table.name = table.name.toLowerCase()),
  });
});

verifies("infra.unique-ids", "two resources of one id", async () => {
  await catches("infra.unique-ids", SITE, {
    twice: (site, resources) => resources.push({ ...site, id: site.id.toUpperCase() }),
  });
});

verifies("infra.poller-ready", "none, another function, a group that is none", async () => {
  await catches("infra.poller-ready", SITE, {
    none: (site) => (scale(site).alwaysReady = []),
    "no instance": (site) => (scale(site).alwaysReady[0].instanceCount = 0),
    "another function": (site) => (scale(site).alwaysReady[0].name = "function:deliver-callback"),
    "no prefix": (site) => (scale(site).alwaysReady[0].name = "poll-genie-message"),
    "unknown group": (site) => scale(site).alwaysReady.push({ name: "queue", instanceCount: 1 }),
  });
});

verifies("infra.http-concurrency", "not set, the platform's own, more than fits", async () => {
  await catches("infra.http-concurrency", SITE, {
    absent: (site) => delete scale(site).triggers,
    "as the platform has it": (site) => (scale(site).triggers.http.perInstanceConcurrency = 16),
    "too little memory": (site) => (scale(site).instanceMemoryMB = 512),
  });
});

verifies("infra.flex-runtime", "another plan, Node, or site settings", async () => {
  await catches("infra.flex-runtime", SITE, {
    Node: (site) => (site.properties.functionAppConfig.runtime.version = "22"),
    ftpsState: (site) => (site.properties.siteConfig.ftpsState = "Disabled"),
    "other plan": (site) => (site.properties.serverFarmId += "x"),
  });
  await catches("infra.flex-runtime", "Microsoft.Web/serverfarms", {
    plan: (plan) => (plan.sku.name = "EP1"),
    Windows: (plan) => delete plan.properties.reserved,
  });
});

verifies("infra.own-identity", "system-assigned, another, another container", async () => {
  const storage = (site: { properties: { functionAppConfig: object } }) =>
    Object(site.properties.functionAppConfig).deployment.storage;
  await catches("infra.own-identity", SITE, {
    "system-assigned": (site) => (site.identity = { type: "SystemAssigned" }),
    "a second one": (site) => (site.identity.userAssignedIdentities["/subscriptions/s/id"] = {}),
    "connection string": (site) =>
      (storage(site).authentication = { type: "StorageAccountConnectionString" }),
    container: (site) => (storage(site).value = "https://st.blob.core.windows.net/other"),
  });
});

verifies("infra.own-identity", "the client id of another", async () => {
  const stranger = "99999999-9999-4999-8999-999999999999";
  await catches("infra.own-identity", `${SITE}/config`, {
    app: ({ properties }) => (properties.AZURE_CLIENT_ID = stranger),
    storage: ({ properties }) => (properties.AzureWebJobsStorage__clientId = stranger),
    telemetry: ({ properties }) =>
      (properties.APPLICATIONINSIGHTS_AUTHENTICATION_STRING = `ClientId=${stranger};Authorization=AAD`),
  });
});

verifies("infra.alert-limits", "out of reason, late, muted, over another workspace", async () => {
  await catches("infra.alert-limits", RULE, {
    threshold: ({ properties }) => (properties.criteria.allOf[0].threshold = 1_000_000),
    "never above": ({ properties }) => (properties.criteria.allOf[0].operator = "LessThan"),
    day: ({ properties }) => (properties.windowSize = "P1D"),
    "once a day": ({ properties }) => (properties.evaluationFrequency = "P1D"),
    "six times": ({ properties }) =>
      (properties.criteria.allOf[0].failingPeriods.minFailingPeriodsToAlert = 6),
    muted: ({ properties }) => (properties.muteActionsDuration = "P1D"),
    elsewhere: ({ properties }) => (properties.scopes = ["/subscriptions/s"]),
    unknown: (rule) => (rule.name = "x-demo"),
    "number in the query": ({ properties }) => {
      const [criterion] = properties.criteria.allOf;
      criterion.query = criterion.query.replace(/(age > 600|ended >= 2|runs == 0)/, "$&0");
    },
  });
});

verifies("infra.alerts", "one missing, one switched off, one without a receiver", async () => {
  await catches("infra.alerts", RULE, {
    missing: (rule, resources) => resources.splice(resources.indexOf(rule), 1),
    off: (rule) => (rule.properties.enabled = false),
  });
  await catches("infra.alerts", "Microsoft.EventGrid/systemTopics/eventSubscriptions", {
    "another event": ({ properties }) => {
      properties.filter.includedEventTypes = ["Microsoft.KeyVault.SecretExpired"];
    },
  });
});

verifies("infra.alerts-told", "an alert that tells nobody", async () => {
  await catches("infra.alerts-told", RULE, {
    rule: (rule) => (rule.properties.actions.actionGroups = []),
  });
  await catches("infra.alerts-told", "Microsoft.EventGrid/systemTopics/eventSubscriptions", {
    secret: ({ properties }) => (properties.destination.properties.actionGroups = []),
  });
});

verifies("infra.alert-names", "an event or a metric that the code does not know", async () => {
  const query = ({ properties }: { properties: object }) => Object(properties).criteria.allOf[0];
  await catches("infra.alert-names", RULE, {
    event: (rule) => (query(rule).query = "Lines\n| where event == 'poison_pol'\n"),
    "second of a list": (rule) => (query(rule).query = "| where event in ('request', 'requests')"),
    route: (rule) => (query(rule).query += "| where tostring(line.route) in ('query-all')"),
    metric: (rule) => (query(rule).query = "AppMetrics\n| where Name == 'genie.waiting'\n"),
    neither: (rule) => (query(rule).query = "AppTraces | count"),
  });
});

verifies("infra.alert-names", "the code writes each event that they read", () => {
  const files = globSync("shared/**/*.ts").filter((file) => !file.endsWith("alert-signals.ts"));
  const code = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const written = [...code.matchAll(/logger\.(?:info|warn|error)\(\s*"([^"]+)"/g)].map((m) => m[1]);
  expect(Object.values(ALERT_EVENTS).filter((name) => !written.includes(name))).toEqual([]);
});

verifies("infra.explained", "a kind of resource that the document does not know", async () => {
  await catches("infra.explained", SITE, {
    unknown: (site) => (site.type = "Microsoft.Cache/redis"),
  });
});

verifies("infra.document-in-sync", "the document and the golden files", async () => {
  const golden = await readGolden();
  expect(await staleGolden(golden)).toEqual([]);
  const [first, ...rest] = golden.variants.standard ?? [];
  expect(first).toBeDefined();
  const other = { ...golden, variants: { ...golden.variants, standard: rest } };
  expect((await staleGolden(other)).join()).toContain("docs/azure-resources.md");
});

verifies(
  "infra.explained",
  "each assertion has its requirement, planted faults theirs",
  async () => {
    const { infra } = await import("../../requirements/infra.ts");
    const promised = Object.keys(infra);
    expect(ASSERTIONS.filter(({ id }) => !promised.includes(id))).toEqual([]);
    const checked = [...ASSERTIONS.map(({ id }) => id), "lint", "infra.queries"];
    expect(PLANTED_FAULTS.filter(({ caughtBy }) => !checked.includes(caughtBy))).toEqual([]);
  },
);
