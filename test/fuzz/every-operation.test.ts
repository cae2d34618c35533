// Thousands of generated requests to every operation of docs/openapi.json, against the packed app in the development
// host with the simulators and Azurite: good ones, ones with a planted fault, and hostile ones (`npm run test:contract`).

import { Agent } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCallbackReceiver } from "../support/callback-receiver.ts";
import { type Operation, readDocument } from "../support/openapi/document.ts";
import { createResponseCheck } from "../support/openapi/response-check.ts";
import { createValidators } from "../support/openapi/validators.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedRequests } from "./accepted-requests.ts";
import { makeAuthorizations } from "./callers.ts";
import { faultyRequests } from "./faulty-requests.ts";
import { askFirstQuestions, QUESTIONS } from "./first-questions.ts";
import { hostileRequests } from "./hostile-requests.ts";
import { createKnownThings } from "./known-things.ts";
import type { RequestPlan } from "./request-plan.ts";
import { fill, send } from "./send-plan.ts";
import { judge } from "./verdict.ts";

const FEWEST_REQUESTS = 5_000;
/** Of each operation. */
const RUNS = { accepted: 130, faulty: 120, hostile: 100 };

/** For one property, with the search for a small counterexample. */
const MOST_MS = 120_000;

const document = readDocument();
const check = createResponseCheck(document);
const faultsOf = createValidators(document);
const receiver = await startCallbackReceiver();
const things = createKnownThings({
  callback_url: [receiver.url("/called")],
  space: ["default", "showcase"],
  query: [...QUESTIONS, "delay"],
});
const agent = new Agent({ keepAlive: true });
const stand = useStand("generated-requests", {
  timings: { scale: 0.005 }, // an answer takes 60–95 ms
  settings: {
    GENIE__QUESTIONS_PER_MINUTE: "0",
    GENIE__MAX_WAIT_SECONDS: "2",
    CALLBACK_ALLOWED_HOSTS: receiver.host,
  },
});
let authorizations: Awaited<ReturnType<typeof makeAuthorizations>>;
let requests = 0;
const answered = new Set<string>();

beforeAll(async () => {
  receiver.serveWith(stand().certificates);
  authorizations = await makeAuthorizations(stand());
  await readPages();
  await askFirstQuestions(stand(), things);
});
afterAll(() => {
  agent.destroy();
  receiver.close();
});

/** Sends as many as are asked for; a counterexample is made smaller by sending more. */
async function sendAll(
  operation: Operation,
  plans: fc.Arbitrary<RequestPlan>,
  numRuns: number,
): Promise<void> {
  const property = fc.asyncProperty(plans, async (plan) => {
    const sent = fill(operation, plan, { things, authorization: authorizations[plan.as] });
    const reply = await send(stand().url, agent, sent);
    requests += 1;
    if (reply.status < 300) answered.add(operation.id);
    const { location = "" } = reply.headers;
    things.gather(plan.as, operation.id, { body: reply.body, location: String(location) });
    judge({ operation, as: plan.as, sent, reply }, plan.expect, check);
  });
  const limit = { interruptAfterTimeLimit: MOST_MS, markInterruptAsFailure: true };
  await fc.assert(property, { numRuns, ...limit });
}

/** The pages name the files that they load. */
async function readPages(): Promise<void> {
  const pages = check.operations.filter(({ responses }) =>
    responses.get(200)?.content.has("text/html"),
  );
  for (const { id, path } of pages) {
    const body = await (await fetch(`${stand().url}${path}`)).text();
    things.gather("nobody", id, { body, location: "" });
  }
}

for (const operation of check.operations) {
  verifies("contract.generated-requests", `${operation.id}: good requests`, () =>
    sendAll(operation, acceptedRequests(operation, document), RUNS.accepted),
  );
  const faulty = faultyRequests(operation, document, faultsOf);
  if (faulty !== undefined) {
    verifies("contract.generated-requests", `${operation.id}: one planted fault`, () =>
      sendAll(operation, faulty, RUNS.faulty),
    );
  }
  verifies("contract.generated-requests", `${operation.id}: hostile requests`, () =>
    sendAll(operation, hostileRequests(operation, document), RUNS.hostile),
  );
}

test("they were enough, and every operation answered some with a success", {
  concurrent: false,
}, () => {
  process.stdout.write(`${requests} generated requests to ${check.operations.length} operations\n`);
  expect(requests).toBeGreaterThanOrEqual(FEWEST_REQUESTS);
  expect(check.operations.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([]);
});
