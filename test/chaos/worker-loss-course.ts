// The course of the test with workers that die: asks everything, waits until every callback came, then reads how
// each question ended. It only gathers; what must hold is the matter of the test.
//
// Workers die while questions are asked and followed, and a while longer. Then there is peace: a worker that lives
// three seconds spends half of them on starting, so that some message would always be lost once more.

import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../local/databricks/seeded-random.ts";
import type { Stand } from "../../local/stand/start-stand.ts";
import type { CallbackReceiver } from "../support/callback-receiver.ts";
import { inParallel } from "./in-parallel.ts";
import { killWorkers } from "./kill-workers.ts";
import { ask, endAt, follow, type Question } from "./question-clients.ts";
import { createStubbornClient } from "./stubborn-request.ts";

const CLIENTS = 10;
const KILLING_MS = 150_000;
/** An intent lives 180 s, is overdue 60 s later, the sweeper comes every minute, and then it takes its turn. */
const DELIVERED_WITHIN_MS = 330_000;

export interface Course {
  /** By question: `succeeded` or the code of its problem. */
  readonly ends: ReadonlyMap<Question, string>;
  readonly kills: number;
  readonly repeats: number;
  readonly clientsDoneS: number;
  readonly callbacksDoneS: number;
}

export interface CourseParts {
  readonly stand: Stand;
  readonly receiver: CallbackReceiver;
  readonly questions: readonly Question[];
  readonly seed: number;
}

export async function runCourse(parts: CourseParts): Promise<Course> {
  const { stand, questions, seed } = parts;
  const client = createStubbornClient({ url: stand.url, token: () => stand.token("app") });
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1_000);
  const killer = killWorkers(stand.workers, createRandom(seed));
  try {
    const asked = await inParallel(CLIENTS, questions, async (question) => {
      const outcome = await ask(client, question);
      await follow(client, question, outcome);
      return { question, outcome };
    });
    const clientsDoneS = seconds();
    const lastAskAt = Date.now();
    await allCalledBack(parts, started + KILLING_MS);
    await killer.stop();
    await allCalledBack(parts, lastAskAt + DELIVERED_WITHIN_MS);
    const callbacksDoneS = seconds();
    const ends = await inParallel(CLIENTS, asked, async ({ question, outcome }) => {
      const end = outcome.kind === "ended" ? outcome.code : await endAt(client, outcome.result);
      return [question, end] as const;
    });
    const { kills } = killer;
    const { repeats } = client;
    return { ends: new Map(ends), kills, repeats, clientsDoneS, callbacksDoneS };
  } finally {
    await killer.stop();
  }
}

async function allCalledBack({ receiver, questions }: CourseParts, until: number): Promise<void> {
  const isOpen = () => {
    const called = new Set(receiver.deliveries.map(({ path }) => receiver.url(path)));
    return questions.some(({ callbackUrl }) => !called.has(callbackUrl));
  };
  while (isOpen() && Date.now() < until) await sleep(250);
}
