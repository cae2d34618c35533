// The state machine of one message as a pure function of time: no timers, so a test may jump in time.

export interface Stage {
  /** A working status; any text, because clients must survive unknown ones such as IN_PROGRESS. */
  readonly status: string;
  readonly forMs: number;
}

export type Outcome =
  | { readonly kind: "completed" }
  | { readonly kind: "failed"; readonly type: string; readonly error: string }
  | { readonly kind: "cancelled" }
  /** COMPLETED with results that are already gone. */
  | { readonly kind: "expired" }
  /** Stays in its last stage for ever. */
  | { readonly kind: "never" };

export interface Timeline {
  readonly startsAt: number;
  readonly stages: readonly Stage[];
  readonly outcome: Outcome;
}

export interface Progress {
  readonly status: string;
  /** When the present status began, epoch ms. */
  readonly since: number;
  readonly ended: boolean;
}

const FINAL_STATUS: Readonly<Record<Outcome["kind"], string>> = {
  completed: "COMPLETED",
  failed: "FAILED",
  cancelled: "CANCELLED",
  expired: "QUERY_RESULT_EXPIRED",
  never: "SUBMITTED",
};

export function progressAt(timeline: Timeline, at: number): Progress {
  let since = timeline.startsAt;
  for (const stage of timeline.stages) {
    if (at < since + stage.forMs) return { status: stage.status, since, ended: false };
    since += stage.forMs;
  }
  if (timeline.outcome.kind !== "never") {
    return { status: FINAL_STATUS[timeline.outcome.kind], since, ended: true };
  }
  const last = timeline.stages.at(-1);
  return {
    status: last?.status ?? FINAL_STATUS.never,
    since: since - (last?.forMs ?? 0),
    ended: false,
  };
}

/** Epoch ms of the final state; Infinity when it never comes. */
export function endOf(timeline: Timeline): number {
  if (timeline.outcome.kind === "never") return Number.POSITIVE_INFINITY;
  return startOfStage(timeline, timeline.stages.length);
}

/** Epoch ms at which the stage with this index begins. */
export function startOfStage(timeline: Timeline, index: number): number {
  return timeline.stages
    .slice(0, index)
    .reduce((start, stage) => start + stage.forMs, timeline.startsAt);
}

/** The same message, ended at `at`: what a person does who presses "stop" in the Databricks UI. */
export function cutTimeline(timeline: Timeline, at: number, outcome: Outcome): Timeline {
  const { startsAt } = timeline;
  return {
    startsAt,
    stages: [{ status: progressAt(timeline, startsAt).status, forMs: at - startsAt }],
    outcome,
  };
}
