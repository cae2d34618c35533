// Bounds the work of a statement before it runs: node:sqlite cannot interrupt a running one, and a cross join
// in an aggregate would hold the whole process.

import type { Database } from "./sqlite-driver.ts";

const LARGEST_TABLE = 20_000;
/** Matches of a join over columns that are not unique. */
const MATCHES_PER_SEARCH = 100;
const MOST_STEPS = 20_000_000;

interface Step {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** Throws when the plan of the statement may take more than 20 million steps. */
export function refuseCostly(db: Database, sql: string): void {
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  const steps = plan.map(({ id, parent, detail }) => ({
    id: Number(id),
    parent: Number(parent),
    detail: String(detail),
  }));
  if (estimate(steps, 0) > MOST_STEPS) {
    throw new Error("[QUERY_TOO_COSTLY] The statement reads too many combinations of rows.");
  }
}

/** Loops of one level multiply, with what is computed anew for each of their rows; the rest adds up. */
function estimate(steps: readonly Step[], parent: number): number {
  let loops = 1;
  let once = 0;
  for (const step of steps.filter((candidate) => candidate.parent === parent)) {
    const inner = estimate(steps, step.id);
    if (step.detail.startsWith("SCAN")) loops *= LARGEST_TABLE;
    else if (step.detail.startsWith("SEARCH")) loops *= matches(step.detail);
    else if (step.detail.startsWith("CORRELATED")) loops *= inner;
    else once += inner;
  }
  return loops + once;
}

function matches(detail: string): number {
  return /sqlite_autoindex|INTEGER PRIMARY KEY/.test(detail) ? 1 : MATCHES_PER_SEARCH;
}
