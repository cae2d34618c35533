// 200 questions of an app on three workers, one of which is killed every second. Each question has a callback; the
// clients repeat what got no answer. Takes minutes: the intervals of the product are the real ones (an intent lives
// 180 s, the sweeper comes every minute and revives what is 60 s late).

import { afterAll, beforeAll, expect } from "vitest";
import { startCallbackReceiver } from "../support/callback-receiver.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { MANNERS, type Question } from "./question-clients.ts";
import { type Course, runCourse } from "./worker-loss-course.ts";

const QUESTIONS = 200;
/** Beyond any burst of this test, here and in the workspace. */
const PER_MINUTE = 1_000;
/** Answers take 1.2 to 1.9 s. */
const SCALE = 0.1;
const UNKNOWN = "ask_outcome_unknown";

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const receiver = await startCallbackReceiver();
const stand = useStand("chaos-worker-loss", {
  workers: 3,
  withStorage: true,
  timings: { scale: SCALE },
  questionsPerMinute: PER_MINUTE,
  settings: {
    GENIE__QUESTIONS_PER_MINUTE: String(PER_MINUTE),
    CALLBACK_ALLOWED_HOSTS: receiver.host,
  },
});
const questions: readonly Question[] = Array.from({ length: QUESTIONS }, (_, index) => ({
  text: `${SECRET_MARKERS.question} number ${index}: average delay by carrier`,
  key: `chaos-${seed}-${index}`,
  callbackUrl: receiver.url(`/${index}`),
  manner: MANNERS[index % MANNERS.length] ?? "leaves",
}));
let course: Course;

beforeAll(async () => {
  process.stdout.write(`CHAOS_SEED=${seed}\n`);
  receiver.serveWith(stand().certificates);
  course = await runCourse({ stand: stand(), receiver, questions, seed });
  process.stdout.write(`${summary()}\n`);
});
afterAll(() => receiver.close());

const endedAs = (code: string) =>
  questions.filter((question) => course.ends.get(question) === code);
const askedTexts = () =>
  stand()
    .databricks.asks()
    .map(({ question }) => question);
const neverAsked = () => {
  const asked = new Set(askedTexts());
  return questions.filter(({ text }) => !asked.has(text));
};

function summary(): string {
  const { kills, repeats, clientsDoneS, callbacksDoneS } = course;
  const repeated =
    receiver.deliveries.length - new Set(receiver.deliveries.map(({ path }) => path)).size;
  return [
    `${QUESTIONS} questions, ${kills} workers killed, ${repeats} requests repeated`,
    `clients done after ${clientsDoneS} s, callbacks after ${callbacksDoneS} s`,
    `${endedAs("succeeded").length} succeeded, ${endedAs(UNKNOWN).length} ended ${UNKNOWN}, ${neverAsked().length} were never asked`,
    `${repeated} callbacks came more than once`,
  ].join("\n");
}

verifies("chaos.worker-loss", "workers died all the time, also in the middle of requests", () => {
  expect(course.kills).toBeGreaterThan(20);
  expect(course.repeats).toBeGreaterThan(0);
});

verifies("chaos.worker-loss", "every question reached an end", () => {
  const ended = [...endedAs("succeeded"), ...endedAs(UNKNOWN)];
  expect(ended).toHaveLength(QUESTIONS);
  expect(endedAs("succeeded").length).toBeGreaterThan(QUESTIONS / 2);
});

verifies("chaos.worker-loss", "no question was asked twice", () => {
  const texts = askedTexts();
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});

verifies("chaos.worker-loss", `only what ended ${UNKNOWN} may not have been asked`, () => {
  const lost = neverAsked().filter((question) => course.ends.get(question) !== UNKNOWN);
  expect(lost).toEqual([]);
});

verifies("chaos.callbacks", "every callback was delivered, none under two ids", () => {
  const idsOf = Map.groupBy(receiver.deliveries, ({ path }) => path);
  expect(idsOf.size).toBe(QUESTIONS);
  const ids = [...idsOf.values()].map((each) => new Set(each.map(({ id }) => id)));
  expect(ids.filter(({ size }) => size !== 1)).toEqual([]);
  expect(new Set(ids.flatMap((each) => [...each])).size).toBe(QUESTIONS);
});

verifies("chaos.callbacks", "each told the end that its operation has", () => {
  const told = new Map(receiver.deliveries.map(({ path, text }) => [path, JSON.parse(text).type]));
  const differing = questions.filter((question) => {
    const end = course.ends.get(question) === "succeeded" ? "succeeded" : "failed";
    return told.get(new URL(question.callbackUrl).pathname) !== `genie.operation.${end}`;
  });
  expect(differing).toEqual([]);
});
