// Questions that go on from a query: two that change it and one other of the same table. Each of them is one
// that the translator understands in the same conversation (a test asks them all).

import type { Query } from "../translate/query.ts";

export function suggest(query: Query, question: string): string[] {
  const others = query.table.examples.filter((example) => example !== question);
  return [...followUps(query), ...others].slice(0, 3);
}

function followUps(query: Query): string[] {
  if (query.shape === "rows") return [];
  const [measure] = query.measures;
  const questions: string[] = [];
  if (query.groupings.length > 0 && query.limit === null) questions.push("Only the top 3");
  if (measure.kind === "aggregate" && measure.fn !== "max")
    questions.push("What about the maximum?");
  return questions;
}
