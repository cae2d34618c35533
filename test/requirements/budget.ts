// What this project promises about the question budget, as ids that tests cite (see all.ts).

export const budget = {
  "budget.window":
    "Design §4: at most N asks in any 60 s as the workspace counts them, over all instances; a slot is free 60 s after the reply, or after the time-out where none comes.",
  "budget.arrival-order": "Design §4: bursts wait in arrival order.",
  "budget.passed-over":
    "Design §4: a waiting operation that nobody drives when its turn comes is passed over and keeps its place.",
  "budget.never-refused": "Design §4: nobody is refused because someone else asked; they wait.",
  "budget.throughput": "Design §4: a burst takes at most 3 % longer than its size and N demand.",
  "budget.estimate":
    "Design §3.4: the estimated slot lies ahead, and whoever looks again then gets it or learns a later one.",
  "budget.push-back": "Design §4: after a Databricks 429 nobody asks before the time it names.",
  "budget.repeats":
    "Design §4: a request repeated after a lost grant takes no second slot; settle, release and leave may be repeated.",
  "budget.no-double-grant":
    "Design §4: instances that ask at the same moment never share out a slot twice; who loses too often is told storage_unavailable.",
  "budget.off": "Design §2: a budget of 0 grants everything and touches no storage.",
  "budget.transactions":
    "Design §4: two storage transactions for a slot that is free, one for its settling, at most three for a look while waiting.",
  "budget.dead-places":
    "Design §4: places of operations that nobody has driven since before the longest wait and deadline are dropped.",
} as const;
