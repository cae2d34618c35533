// A problem document as a person reads it: what went wrong, and what to do. Never more than the problem says.

import type { Problem } from "../../contracts/problem.ts";
import { cut, oneLine } from "./cell-text.ts";
import type { NamedLink } from "./named-link.ts";
import type { OutlineLimits } from "./outline-limits.ts";

export interface ProblemOutline {
  readonly title: string;
  readonly detail: string;
  readonly remedy: string | null;
  /** For whoever is asked for help. */
  readonly reference: string;
  readonly links: readonly NamedLink[];
}

export function outlineProblem(problem: Problem, limits: OutlineLimits): ProblemOutline {
  const line = (text: string) => cut(oneLine(text), limits.text);
  return {
    title: line(problem.title),
    detail: line(problem.detail),
    remedy: problem.remedy === undefined ? null : line(problem.remedy),
    reference: cut(oneLine(`${problem.code}, request ${problem.request_id}`), 200),
    links: Object.entries(problem.links ?? {})
      .slice(0, 5)
      .map(([name, url]) => ({ name, url })),
  };
}
