// Moves of the question budget that come in while another is being written are written together: one process has one
// round in flight, so a burst costs few transactions and only processes compete for the window. It decides nothing.

import { AppError } from "../errors/app-error.ts";
import type { BudgetState } from "../operations/question-budget.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";

/** With both rows of each place, the window and TIDY_BATCH they fit into one batch of 100. */
const MOST_JOBS = 20;
/** Compare-and-set lost this often means a storm; with their pauses all tries take at most 5 s. */
const TRIES = 10;
const FIRST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 1_000;

/** One move. It may be made several times, on what was read anew, and only the last counts. */
export interface Job {
  /** Whose place in the line the move must know; undefined where the window is enough. */
  readonly placeOf?: string;
  move(state: BudgetState, now: number): BudgetState;
}

export interface RoundsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Reads, makes the moves and writes; false when somebody else wrote in between. */
  attempt(jobs: readonly Job[]): Promise<boolean>;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Resolves once the job's last move is written. Rejects with AppError `storage_unavailable`. */
export type RunJob = (job: Job) => Promise<void>;

export function createRounds(deps: RoundsDeps): RunJob {
  const line: Waiting[] = [];
  let isRunning = false;

  const runAll = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (line.length > 0) await runRound(deps, line.splice(0, MOST_JOBS));
    isRunning = false;
  };
  return (job) =>
    new Promise((resolve, reject) => {
      line.push({ job, resolve, reject });
      void runAll();
    });
}

async function runRound(deps: RoundsDeps, round: readonly Waiting[]): Promise<void> {
  try {
    await tryOften(
      deps,
      round.map(({ job }) => job),
    );
    for (const { resolve } of round) resolve();
  } catch (error) {
    for (const { reject } of round) reject(error);
  }
}

async function tryOften(deps: RoundsDeps, jobs: readonly Job[]): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await deps.clock.sleep(pauseBefore(attempt, deps.random()));
    if (await deps.attempt(jobs)) return;
  }
  deps.logger.warn("budget_contended", { tries: TRIES, moves: jobs.length });
  throw new AppError({
    code: "storage_unavailable",
    detail: "Too many questions came at the same moment.",
    remedy: "Try again shortly.",
    retryAfterSeconds: 2,
  });
}

/** Full jitter: those who collided spread out. */
function pauseBefore(attempt: number, random: number): number {
  return Math.ceil(random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
}
