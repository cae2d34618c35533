// A burst over the question budget, on three instances with one storage: 5 users with 8 questions each, every one
// with a waiting request open. Time jumps, so that eight minutes take seconds; sockets, storage and tokens are real.

import { expect, onTestFinished, vi } from "vitest";
import { startAzurite } from "../../local/azurite.ts";
import { createCertificates, trustCertificate } from "../../local/certificates.ts";
import { startIdentityServices } from "../../local/identity-services.ts";
import { startSimulatedWorkspace } from "../../local/stand/simulated-workspace.ts";
import { createStandSettings } from "../../local/stand/stand-settings.ts";
import type { SimulatedUser } from "../../local/users.ts";
import { operationSchema } from "../../shared/contracts/operation.ts";
import { createInProcessGateway, type InProcessReply } from "../support/in-process-gateway.ts";
import { createSettledClock } from "../support/settled-clock.ts";
import { verifies } from "../support/verifies.ts";

const USERS = 5;
const QUESTIONS_EACH = 8;
const PER_MINUTE = 5;
const INSTANCES = 3;
const WAIT_S = 200;
const ARRIVAL_MS = 100;
const NOBODYS = "nobodys-operation-nobodys";
/** Eight windows of five: the last five may go seven minutes after the first. */
const LEAST_MS = (Math.ceil((USERS * QUESTIONS_EACH) / PER_MINUTE) - 1) * 60_000;

const analysts: readonly SimulatedUser[] = Array.from({ length: USERS }, (_, index) => ({
  name: `analyst-${index}`,
  objectId: `a1000000-0000-4000-8000-00000000010${index}`,
  userName: `analyst-${index}@example.com`,
  displayName: `Analyst ${index}`,
}));

async function startBurst() {
  const clock = createSettledClock(Date.now());
  const certificates = await createCertificates();
  trustCertificate(certificates.caPem);
  const identity = await startIdentityServices({ tls: certificates, users: analysts, clock });
  onTestFinished(identity.close);
  const databricks = await startSimulatedWorkspace({
    entra: identity.entra,
    questionsPerMinute: PER_MINUTE,
    moreAnalysts: analysts,
    now: clock.now,
  });
  onTestFinished(databricks.close);
  const azurite = await startAzurite();
  onTestFinished(azurite.stop);
  const environment = {
    ...createStandSettings(identity, databricks.url, azurite.connectionString),
    GENIE__QUESTIONS_PER_MINUTE: String(PER_MINUTE),
    GENIE__MAX_WAIT_SECONDS: String(WAIT_S),
  };
  // The managed identity's library looks into the process's environment itself.
  for (const [name, value] of Object.entries(identity.managedIdentity.environment)) {
    vi.stubEnv(name, value);
  }
  const instances = Array.from({ length: INSTANCES }, () =>
    createInProcessGateway(environment, clock),
  );
  const tokens = await Promise.all(
    analysts.map((user) => identity.entra.issueUserToken({ user, lifetimeS: 12 * 3_600 })),
  );
  for (const gateway of instances) await clock.run(gateway.result(tokens[0] ?? "", NOBODYS, 0)); // loads all code
  let turn = 0;
  const instance = () => {
    turn += 1;
    const [first] = instances;
    const next = instances[turn % INSTANCES] ?? first;
    if (next === undefined) throw new Error("there is no instance");
    return next;
  };
  return { clock, databricks, tokens, instance };
}

/** Slots that fall free at the same time are used within moments of each other, in any order. */
const SAME_MOMENT_MS = 1_000;

/** Questions that were asked before one that had arrived earlier. */
function overtakings(
  arrived: readonly string[],
  asks: readonly { readonly question: string; readonly at: number }[],
): string[] {
  const at = arrived.map((question) => asks.find((ask) => ask.question === question)?.at ?? 0);
  return arrived.filter((_, index) => {
    const latestBefore = Math.max(0, ...at.slice(0, index));
    return (at[index] ?? 0) < latestBefore - SAME_MOMENT_MS;
  });
}

verifies(
  "chaos.budget",
  "40 questions at 5 a minute: no 429, in order, in the least time",
  async () => {
    const { clock, databricks, tokens, instance } = await startBurst();
    const statuses: number[] = [];
    const seen = (reply: InProcessReply) => {
      statuses.push(reply.status);
      return reply;
    };
    /** A caller that always has a request open until the answer is there. */
    const seeThrough = async (token: string, question: string): Promise<void> => {
      let reply = seen(await instance().ask(token, question, WAIT_S));
      while (reply.status === 202) {
        const { operation_id: id } = operationSchema.parse(JSON.parse(reply.text));
        reply = seen(await instance().result(token, id, WAIT_S));
      }
    };
    const questions: string[] = [];
    const callers: Promise<void>[] = [];
    for (let round = 0; round < QUESTIONS_EACH; round += 1) {
      for (const [user, token] of tokens.entries()) {
        const question = `average delay by carrier, asked by user ${user} in round ${round}`;
        questions.push(question);
        callers.push(seeThrough(token, question));
        await clock.run(clock.sleep(ARRIVAL_MS)); // its place in the line is taken before the next one comes
      }
    }
    await clock.run(Promise.all(callers));

    expect(new Set(statuses)).toEqual(new Set([200, 202]));
    expect(statuses.filter((status) => status === 200)).toHaveLength(questions.length);
    const asks = databricks.asks();
    expect(asks.map(({ question }) => question).toSorted()).toEqual(questions.toSorted());
    expect(overtakings(questions, asks)).toEqual([]);
    expect(databricks.calls({ route: "startConversation" })).toHaveLength(questions.length);
    expect(databricks.mostAsksInAnyMinute()).toBe(PER_MINUTE);
    const took = (asks.at(-1)?.at ?? 0) - (asks[0]?.at ?? 0);
    expect(took / LEAST_MS).toBeGreaterThanOrEqual(1);
    expect(took / LEAST_MS).toBeLessThan(1.03);
  },
  60_000,
);
