// The question budget of design §4 in Table storage, shared by all instances through compare-and-set on one record
// (docs/adr/0009-question-budget.md). It only carries moves to the table; what they mean stands in operations/.

import type { TableClient } from "@azure/data-tables";
import type { QuestionBudget, SlotReply } from "../operations/ports.ts";
import {
  type BudgetState,
  dropDead,
  leaveLine,
  pushBack,
  releaseSlot,
  requestSlot,
  settleSlot,
} from "../operations/question-budget.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { measure } from "../telemetry/measure.ts";
import type { StorageClients } from "./storage-clients.ts";
import { BUDGET_TABLE } from "./storage-names.ts";
import { holderOf } from "./table-question-budget-records.ts";
import { createRounds, type Job, type RunJob } from "./table-question-budget-rounds.ts";
import {
  readBudget,
  type Snapshot,
  TIDY_BATCH,
  writeBudget,
} from "./table-question-budget-store.ts";

/** A page of the table holds 1,000 rows, the window among them. */
const DEEPEST_LOOK = 999;
/** Beyond the slots themselves, so that most who wait see exactly how many are ahead. */
const LEAST_LOOK = 100;
/** Design §3.9: nobody waits longer for a slot, and the deadline counts from there. */
const LONGEST_WAIT_MS = 1_800_000;

export interface TableQuestionBudgetDeps {
  readonly storage: Pick<StorageClients, "table">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** GENIE__QUESTIONS_PER_MINUTE; 0 = off. */
  readonly questionsPerMinute: number;
  /** GENIE__DEADLINE_MINUTES in ms: places older than the longest wait and this are dead. */
  readonly deadlineMs: number;
  /** For the pauses between tries; 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** One for each process, so that its moves are written together. */
export function createTableQuestionBudget(deps: TableQuestionBudgetDeps): QuestionBudget {
  const limit = deps.questionsPerMinute;
  if (limit === 0) return unlimited;
  const memory: Memory = { last: undefined };
  const run = createRounds({
    clock: deps.clock,
    logger: deps.logger,
    random: deps.random ?? Math.random,
    attempt: (jobs) => attempt(deps, memory, jobs),
  });
  return {
    request: (operationId, presentUntil) =>
      request(run, { holder: holderOf(operationId), presentUntil }, limit),
    settle: (operationId) => {
      const holder = holderOf(operationId);
      return run({ move: (state, now) => settleSlot(state, holder, now) });
    },
    release: (operationId) => {
      const holder = holderOf(operationId);
      return run({ move: (state, now) => releaseSlot(state, holder, now) });
    },
    leave: (operationId) => {
      const holder = holderOf(operationId);
      return run({ placeOf: holder, move: (state) => leaveLine(state, holder) });
    },
    pushBack: (until) => run({ move: (state, now) => pushBack(state, until, now) }),
  };
}

function measureBudget({ waiting, asking, cooling }: BudgetState["window"]): void {
  measure("genie.budget.waiting", waiting, {});
  measure("genie.budget.slots_used", asking.length + cooling.length, {});
}

async function request(
  run: RunJob,
  wish: { readonly holder: string; readonly presentUntil: number },
  limit: number,
): Promise<SlotReply> {
  let reply: SlotReply | undefined;
  await run({
    placeOf: wish.holder,
    move: (state, now) => {
      const outcome = requestSlot(state, wish, { now, limit });
      reply = outcome.reply;
      return outcome.state;
    },
  });
  if (reply === undefined) throw new Error("a round ended without its moves");
  return reply;
}

/** What this process wrote last: a slot is settled moments after it was granted, mostly with no write in between. */
interface Memory {
  last:
    | { readonly window: BudgetState["window"]; readonly etag: string; readonly at: number }
    | undefined;
}

/** Older than this, another instance has probably written, and a refused write costs more than the read it saves. */
const REMEMBERED_MS = 5_000;

async function attempt(
  deps: TableQuestionBudgetDeps,
  memory: Memory,
  jobs: readonly Job[],
): Promise<boolean> {
  const table = await deps.storage.table(BUDGET_TABLE);
  const known = remembered(memory, jobs, wholeMs(deps));
  memory.last = undefined; // until this write has succeeded nothing is known
  const remembering = known && moved(deps, known, jobs);
  // No change against a memory proves nothing: another instance may have granted the slot that is settled here.
  const hasMoved = remembering !== undefined && remembering.state !== remembering.snapshot.state;
  const move = hasMoved ? remembering : moved(deps, await read(deps, table, jobs), jobs);
  const written = await writeBudget(table, move.snapshot, move.state);
  if (written !== undefined) measureBudget(move.state.window);
  if (written?.etag !== undefined)
    memory.last = { window: move.state.window, etag: written.etag, at: wholeMs(deps) };
  return written !== undefined;
}

function moved(deps: TableQuestionBudgetDeps, snapshot: Snapshot, jobs: readonly Job[]) {
  const now = wholeMs(deps);
  const tidied = snapshot.isTidying ? tidy(snapshot.state, deps, now) : snapshot.state;
  return { snapshot, state: jobs.reduce((before, job) => job.move(before, now), tidied) };
}

function read(deps: TableQuestionBudgetDeps, table: TableClient, jobs: readonly Job[]) {
  const depth = Math.min(DEEPEST_LOOK, Math.max(LEAST_LOOK, deps.questionsPerMinute));
  const holders = jobs.flatMap(({ placeOf }) => placeOf ?? []);
  return readBudget(table, { now: wholeMs(deps), holders, depth });
}

/** The window as last written, for moves that need no place; the etag still decides whether it holds. */
function remembered({ last }: Memory, jobs: readonly Job[], now: number): Snapshot | undefined {
  const needsPlaces = jobs.some(({ placeOf }) => placeOf !== undefined);
  if (last === undefined || needsPlaces || now - last.at > REMEMBERED_MS) return undefined;
  const state = { window: last.window, places: new Map(), knownTo: 0 };
  return { state, etag: last.etag, isTidying: false };
}

/** The table keeps whole milliseconds. */
function wholeMs({ clock }: TableQuestionBudgetDeps): number {
  return Math.floor(clock.now());
}

/** A full batch of dead places means that there may be more: the next look goes on at once. */
function tidy(state: BudgetState, deps: TableQuestionBudgetDeps, now: number): BudgetState {
  const before = now - LONGEST_WAIT_MS - deps.deadlineMs;
  const rest = dropDead(state, { now, before });
  if (state.window.waiting - rest.window.waiting >= TIDY_BATCH) return rest;
  return { ...rest, window: { ...rest.window, tidiedAt: now } };
}

const unlimited: QuestionBudget = {
  request: async () => ({ kind: "granted" }),
  settle: async () => {},
  release: async () => {},
  pushBack: async () => {},
  leave: async () => {},
};
