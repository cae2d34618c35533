// The form of an assertion: an id of the requirements manifest and a function that says what is wrong. Pure.

import type { CodeFacts } from "./code-facts.ts";
import {
  at,
  type Infrastructure,
  ofType,
  type Resource,
  VARIANTS,
  type Variant,
} from "./infrastructure.ts";

export interface Assertion {
  /** Of test/requirements/infra.ts. */
  readonly id: string;
  /** One sentence for each fault; empty when all is well. */
  readonly faultsOf: (infrastructure: Infrastructure, facts: CodeFacts) => readonly string[];
}

/** A rule for the resources of each variant by itself. */
export function inEachVariant(
  faultsOf: (resources: readonly Resource[], facts: CodeFacts, variant: Variant) => string[],
): Assertion["faultsOf"] {
  return ({ variants }, facts) =>
    VARIANTS.flatMap((variant) => {
      const resources = variants[variant];
      const faults = resources === undefined ? [] : faultsOf(resources, facts, variant);
      return faults.map((fault) => `${variant}: ${fault}`);
    });
}

/** A rule for members of every resource of a type, of which there must be at least one. */
export function everyOne(
  type: string,
  expected: Readonly<Record<string, unknown>>,
): Assertion["faultsOf"] {
  return inEachVariant((resources) => {
    const found = ofType(resources, type);
    if (found.length === 0) return [`there is no ${type}`];
    return found.flatMap((resource) => memberFaults(resource, expected));
  });
}

function memberFaults(resource: Resource, expected: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(expected).flatMap(([route, value]) => {
    const given = at(resource, route);
    const same = JSON.stringify(given) === JSON.stringify(value);
    return same
      ? []
      : [`${resource.name}: ${route} is ${JSON.stringify(given)}, not ${JSON.stringify(value)}`];
  });
}

/** What a rule says, and whether it holds. */
export type Rule = readonly [says: string, holds: boolean];

/** What the rules say that do not hold. */
export function brokenRules(rules: readonly Rule[]): string[] {
  return rules.filter(([, holds]) => !holds).map(([says]) => says);
}

export const bothOf =
  (...rules: readonly Assertion["faultsOf"][]): Assertion["faultsOf"] =>
  (infrastructure, facts) =>
    rules.flatMap((rule) => rule(infrastructure, facts));
