// What is deployed as a query is the file in infra/queries, word for word, and the pattern that finds the gateway's lines finds one
// that its logger has written. The parser of KQL (kql.ts) takes them; whether a query means what it should, nothing here can tell.

import { readFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import { createJsonLogger } from "../../../shared/telemetry/json-logger.ts";
import { type Assertion, inEachVariant } from "../assertion.ts";
import { at, INFRA, ofType, type Resource } from "../infrastructure.ts";
import { queriesIn, RULE, RULES } from "./alerts.ts";

const text = (name: string) => readFileSync(path.join(INFRA, "queries", `${name}.kql`), "utf8");

function queryFaults(rule: Resource): string[] {
  const name = RULES.find((each) => rule.name.startsWith(`${each}-`));
  const own = name === undefined ? "" : text(name);
  const expected = /^Lines$/m.test(own) ? `${text("gateway-lines")}${own}` : own;
  const given = at(rule, "properties.criteria.allOf.0.query");
  return given === expected ? [] : [`${rule.name} does not ask what its file asks`];
}

/** KQL's patterns are RE2; this one is plain enough to be JavaScript's too. */
function lineFaults(query: string): string[] {
  const [, pattern] = /extract\(@'(.+)', 1, Message\)/.exec(query) ?? [];
  if (pattern === undefined) return ["no pattern for the gateway's lines"];
  let message = "";
  createJsonLogger(systemClock, (_level, line) => (message = line)).info("swept", { revived: 0 });
  const [, line] = new RegExp(pattern).exec(`[Information] ${message}`) ?? [];
  return line === message ? [] : [`the pattern ${pattern} does not find ${message}`];
}

export const alertQueries: readonly Assertion[] = [
  {
    id: "infra.alert-queries",
    faultsOf: inEachVariant((resources) => ofType(resources, RULE).flatMap(queryFaults)),
  },
  {
    id: "infra.alert-lines",
    faultsOf: inEachVariant((resources) =>
      queriesIn(resources)
        .filter((query) => /^Lines$/m.test(query))
        .flatMap(lineFaults),
    ),
  },
];
