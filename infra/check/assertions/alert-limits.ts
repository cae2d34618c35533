// When alerts fire: a threshold out of all reason, a window of a day or a pause would leave an alert standing there that tells
// nobody anything. Numbers inside a query are looked for in its text.

import { type Assertion, brokenRules, inEachVariant } from "../assertion.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";

interface Limits {
  readonly severity: 1 | 2 | 3;
  /** Least and most; rows are counted, and one is enough, where there are none. */
  readonly threshold?: readonly [number, number];
  readonly inQuery?: RegExp;
}

const WINDOWS = ["PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "PT2H"];
const FREQUENCIES = ["PT1M", "PT5M", "PT10M", "PT15M"];
/** Another member, such as `dimensions`, would leave rows out. */
const CRITERION = [
  "query",
  "timeAggregation",
  "metricMeasureColumn",
  "operator",
  "threshold",
  "failingPeriods",
];
/** The code's own default (docs/design.md 2). */
const QUESTIONS_PER_MINUTE = "5";

function limitsOf(name: string, questionsPerMinute: number): Limits {
  const limits: Readonly<Record<string, Limits>> = {
    silent: { severity: 1, inQuery: /summarize runs = count\(\)\s*\| where runs == 0\b/ },
    "log-quota": { severity: 2 },
    "telemetry-lost": { severity: 2, inQuery: /\| where periods >= 2 or notStarted > 0/ },
    "poison-handled": { severity: 2 },
    "poison-stuck": { severity: 1, inQuery: /\| where age > 600\b/ },
    "asks-fail": {
      severity: 1,
      inQuery:
        /recentFailed >= 3 and 2 \* recentFailed >= recent\) or \(failed >= 2 and failed == asked\)/,
    },
    "failed-share": {
      severity: 1,
      threshold: [5, 50],
      inQuery: /case\(recent >= 5, .*, ended >= 2 and failed == ended, 100\.0, 0\.0\)/,
    },
    "budget-queue": { severity: 3, threshold: [questionsPerMinute, 10 * questionsPerMinute] },
  };
  const [, limit] = Object.entries(limits).find(([rule]) => name.startsWith(`${rule}-`)) ?? [];
  return limit ?? { severity: 1, threshold: [Number.NaN, Number.NaN] };
}

export const alertLimits: readonly Assertion[] = [
  {
    id: "infra.alert-limits",
    faultsOf: inEachVariant((resources) => {
      const [config] = ofType(resources, "Microsoft.Web/sites/config");
      const perMinute = at(config, "properties.GENIE__QUESTIONS_PER_MINUTE");
      const [workspace] = ofType(resources, "Microsoft.OperationalInsights/workspaces");
      return ofType(resources, "Microsoft.Insights/scheduledQueryRules").flatMap((rule) => {
        const limits = limitsOf(rule.name, Number(perMinute ?? QUESTIONS_PER_MINUTE));
        return ruleFaults(rule, limits, workspace?.id).map((fault) => `${rule.name}: ${fault}`);
      });
    }),
  },
];

function ruleFaults(
  rule: Resource,
  { severity, threshold, inQuery }: Limits,
  workspace: unknown,
): string[] {
  const criterion = at(rule, "properties.criteria.allOf.0");
  const limit = Number(at(criterion, "threshold"));
  const [least, most] = threshold ?? [0, 0];
  return brokenRules([
    ["its scope is the workspace", at(rule, "properties.scopes.0") === workspace],
    ["threshold", at(criterion, "operator") === "GreaterThan" && limit >= least && limit <= most],
    [
      "what is compared",
      at(criterion, "timeAggregation") === (threshold === undefined ? "Count" : "Maximum"),
    ],
    ["number in the query", inQuery?.test(String(at(criterion, "query"))) ?? true],
    ["window", WINDOWS.includes(String(at(rule, "properties.windowSize")))],
    ["frequency", FREQUENCIES.includes(String(at(rule, "properties.evaluationFrequency")))],
    ["fires at the first time", at(criterion, "failingPeriods.minFailingPeriodsToAlert") === 1],
    ["severity", at(rule, "properties.severity") === severity],
    ["one criterion", Object.keys(Object(at(rule, "properties.criteria.allOf"))).length === 1],
    [
      "nothing narrows it",
      Object.keys(Object(criterion)).every((member) => CRITERION.includes(member)),
    ],
    ["is not muted", at(rule, "properties.muteActionsDuration") === undefined],
  ]);
}
