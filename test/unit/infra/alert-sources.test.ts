// What alerts hang on: their queries, the form of the log lines, the workspace, and whom they tell. Green on what is committed, red
// for each planted fault.

import { expect } from "vitest";
import { DECLARED } from "../../../infra/check/declared.ts";
import { catches, type Loose } from "../../support/infra-faults.ts";
import { verifies } from "../../support/verifies.ts";

const RULE = "Microsoft.Insights/scheduledQueryRules";
const GROUP = "Microsoft.Insights/actionGroups";
const INSIGHTS = "Microsoft.Insights/components";
const WORKSPACE = "Microsoft.OperationalInsights/workspaces";
const criterion = (rule: Loose) => rule.properties.criteria.allOf[0];

verifies("infra.alert-queries", "a query that is not its file's", async () => {
  await catches("infra.alert-queries", RULE, {
    narrowed: (rule) => (criterion(rule).query += "| where 1 == 2\n"),
    "another rule's": (rule) => (criterion(rule).query = "Lines\n| count\n"),
  });
});

verifies("infra.alert-lines", "a pattern that finds no line of the logger", async () => {
  await catches("infra.alert-lines", RULE, {
    "another first member": (rule) =>
      (criterion(rule).query = criterion(rule).query.replace('"time"', '"timestamp"')),
    "no pattern": (rule) => (criterion(rule).query = "Lines\n| count\n"),
  });
});

verifies("infra.alert-limits", "narrowed, or of another severity", async () => {
  await catches("infra.alert-limits", RULE, {
    dimensions: (rule) => (criterion(rule).dimensions = [{ name: "event", values: ["x"] }]),
    "two criteria": ({ properties }) => properties.criteria.allOf.push({}),
    severity: ({ properties }) => (properties.severity = 4),
  });
});

verifies("infra.alerts", "the vault's events are another's, or filtered", async () => {
  await catches("infra.alerts", "Microsoft.EventGrid/systemTopics", {
    "another vault": ({ properties }) => (properties.source += "2"),
  });
  await catches("infra.alerts", "Microsoft.EventGrid/systemTopics/eventSubscriptions", {
    "one secret": ({ properties }) => (properties.filter.subjectEndsWith = "x"),
  });
});

verifies("infra.alerts-told", "a group that is off, empty or another's", async () => {
  expect(DECLARED.everything.alertEmail).toBeDefined();
  await catches("infra.alerts-told", GROUP, {
    off: ({ properties }) => (properties.enabled = false),
    empty: ({ properties }) => (properties.emailReceivers = []),
    another: ({ properties }) => (properties.emailReceivers[0].emailAddress = "nobody@example.com"),
  });
});

verifies("infra.logs-kept", "sampled, elsewhere, cut off, soon gone", async () => {
  await catches("infra.logs-kept", INSIGHTS, {
    sampled: ({ properties }) => (properties.SamplingPercentage = 1),
    elsewhere: ({ properties }) => (properties.WorkspaceResourceId += "2"),
  });
  await catches("infra.logs-kept", WORKSPACE, {
    "cut off": ({ properties }) => (properties.workspaceCapping.dailyQuotaGb = 0.02),
    "soon gone": ({ properties }) => (properties.retentionInDays = 7),
  });
});

verifies("infra.own-resources", "settings that name a stranger's", async () => {
  await catches("infra.own-resources", "Microsoft.Web/sites/config", {
    storage: ({ properties }) => (properties.AzureWebJobsStorage__accountName = "stranger"),
    tenant: ({ properties }) => (properties.TENANT_ID = "99999999-9999-4999-8999-999999999999"),
    vault: ({ properties }) => (properties.KEY_VAULT_URL = "https://kv-x.vault.azure.net/"),
    telemetry: ({ properties }) =>
      (properties.APPLICATIONINSIGHTS_CONNECTION_STRING = "IngestionEndpoint=https://x"),
  });
});
