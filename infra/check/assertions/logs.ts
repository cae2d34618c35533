// Logs are kept where the alerts look for them: nothing is sampled away, sent elsewhere, or cut off by a quota that nobody asked for. It
// reads no logs.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";

/** GB a day, the default of `logDailyQuotaGb`; no variant has another. */
const DAILY_QUOTA = 1;
const LEAST_DAYS = 30;

export const logs: readonly Assertion[] = [
  {
    id: "infra.logs-kept",
    faultsOf: inEachVariant((resources) => {
      const spaces = ofType(resources, "Microsoft.OperationalInsights/workspaces");
      const [workspace] = spaces;
      return [
        ...(spaces.length === 1 ? [] : [`${spaces.length} workspaces`]),
        ...(at(workspace, "properties.workspaceCapping.dailyQuotaGb") === DAILY_QUOTA
          ? []
          : ["the daily quota is not what was asked for"]),
        ...(Number(at(workspace, "properties.retentionInDays")) >= LEAST_DAYS
          ? []
          : ["logs are gone within a month"]),
        ...ofType(resources, "Microsoft.Insights/components").flatMap((insights) =>
          insightsFaults(insights, workspace?.id),
        ),
      ];
    }),
  },
];

function insightsFaults(insights: Resource, workspace: unknown): string[] {
  const sampled = at(insights, "properties.SamplingPercentage");
  return [
    ...(at(insights, "properties.WorkspaceResourceId") === workspace
      ? []
      : [`${insights.name} writes into another workspace`]),
    ...(sampled === undefined ? [] : [`${insights.name} keeps ${String(sampled)} %`]),
  ];
}
