// Alerts and workbook: the ones a person on call wants are there, tell somebody, and read only names that the code knows.
// Whether a query means what it should is checked by the parser of its language (infra/check/kql.ts).

import { ALERT_EVENTS, ALERT_METRICS } from "../../../shared/telemetry/alert-signals.ts";
import { type Assertion, inEachVariant } from "../assertion.ts";
import { DECLARED } from "../declared.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";

export const RULES = [
  "silent",
  "log-quota",
  "telemetry-lost",
  "poison-handled",
  "poison-stuck",
  "asks-fail",
  "failed-share",
  "budget-queue",
];
export const RULE = "Microsoft.Insights/scheduledQueryRules";
const SUBSCRIPTION = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
const DESTINATION = "properties.destination";

/** Queries of all alerts and of the workbook. */
export function queriesIn(resources: readonly Resource[]): string[] {
  const ofRules = ofType(resources, RULE).map((rule) =>
    at(rule, "properties.criteria.allOf.0.query"),
  );
  const ofBooks = ofType(resources, "Microsoft.Insights/workbooks").flatMap((book) => {
    const data: unknown = JSON.parse(String(at(book, "properties.serializedData")));
    return Object.values(Object(at(data, "items"))).map((item) => at(item, "content.query"));
  });
  return [...ofRules, ...ofBooks].filter((query) => typeof query === "string");
}

function unknownNames(query: string, functions: readonly string[]): string[] {
  const events = [...query.matchAll(/\bevent (?:==|in) *\(?((?:'[^']*'(?:, )?)+)/g)]
    .flatMap(([, list = ""]) => [...list.matchAll(/'([^']*)'/g)])
    .map(([, name = ""]) => name);
  const routes = [...query.matchAll(/\(line\.route\) in \(([^)]*)\)/g)]
    .flatMap(([, list = ""]) => [...list.matchAll(/'([^']*)'/g)])
    .map(([, name = ""]) => name);
  const metrics = [...query.matchAll(/\bName == '([^']*)'/g)].map(([, name = ""]) => name);
  const known = (names: object, name: string) => Object.values(names).includes(name);
  // What the workspace says of itself has no event and no metric of ours.
  const readsSomething = events.length + metrics.length > 0 || /^_LogOperation$/m.test(query);
  return [
    ...(readsSomething ? [] : [`a query reads no event and no metric: ${query.slice(0, 60)}`]),
    ...events.filter((name) => !known(ALERT_EVENTS, name)).map((name) => `event ${name}`),
    ...metrics.filter((name) => !known(ALERT_METRICS, name)).map((name) => `metric ${name}`),
    // Each route is a function of its own name.
    ...routes.filter((name) => !functions.includes(name)).map((name) => `route ${name}`),
  ];
}

export const alerts: readonly Assertion[] = [
  {
    id: "infra.alerts",
    faultsOf: inEachVariant((resources) => {
      const rules = ofType(resources, RULE);
      const [vault] = ofType(resources, "Microsoft.KeyVault/vaults");
      const [topic] = ofType(resources, "Microsoft.EventGrid/systemTopics");
      const [expiry] = ofType(resources, SUBSCRIPTION);
      const types = Object.values(Object(at(expiry, "properties.filter.includedEventTypes")));
      return [
        ...RULES.filter((name) => !rules.some((rule) => rule.name.startsWith(`${name}-`))),
        ...rules.filter((rule) => at(rule, "properties.enabled") !== true).map(({ name }) => name),
        ...(types.includes("Microsoft.KeyVault.SecretNearExpiry") &&
        // Any other member of the filter would leave secrets out.
        Object.keys(Object(at(expiry, "properties.filter"))).length === 1 &&
        vault !== undefined &&
        at(topic, "properties.source") === vault.id &&
        at(expiry, `${DESTINATION}.endpointType`) === "MonitorAlert"
          ? []
          : ["secret expires"]),
      ].map((name) => `there is no alert ${name}`);
    }),
  },
  {
    id: "infra.alerts-told",
    faultsOf: inEachVariant((resources, _facts, variant) => {
      const { alertEmail } = DECLARED[variant];
      const [group] = ofType(resources, "Microsoft.Insights/actionGroups");
      const told = [
        ...ofType(resources, RULE).map((each) => at(each, "properties.actions.actionGroups.0")),
        ...ofType(resources, SUBSCRIPTION).map((each) =>
          at(each, `${DESTINATION}.properties.actionGroups.0`),
        ),
      ];
      if (alertEmail === undefined) return group === undefined ? [] : ["somebody is told unasked"];
      return [
        ...(told.every((id) => id !== undefined && id === group?.id)
          ? []
          : ["an alert tells nobody"]),
        ...receiverFaults(group, alertEmail),
      ];
    }),
  },
  {
    id: "infra.alert-names",
    faultsOf: inEachVariant((resources, { functions }) =>
      queriesIn(resources).flatMap((query) => unknownNames(query, functions)),
    ),
  },
];

function receiverFaults(group: Resource | undefined, email: string): string[] {
  const receivers = Object.values(Object(at(group, "properties.emailReceivers") ?? []));
  const isTold = receivers.length === 1 && at(receivers[0], "emailAddress") === email;
  return [
    ...(isTold ? [] : [`mails do not go to ${email}`]),
    ...(at(group, "properties.enabled") === true ? [] : ["the group of people is switched off"]),
  ];
}
