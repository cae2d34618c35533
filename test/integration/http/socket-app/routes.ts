// An app of real contracts for the tests over a socket: the ask tells what it got, the health check throws, and
// the events are those that `max_rows` picks. Its clock runs ten times as fast: ten seconds without a body take one.

import { app } from "@azure/functions";
import { getOperationEvents, health, queryObo } from "../../../../shared/contracts/routes.ts";
import { mountRoute } from "../../../../shared/http/mount-route.ts";
import type { ServerEvent } from "../../../../shared/http/route-input.ts";
import { type Clock, systemClock } from "../../../../shared/telemetry/clock.ts";
import { someServices } from "../../../unit/http/some-services.ts";

const SPEED = 10;
const clock: Clock = {
  now: () => systemClock.now() * SPEED,
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
};
const services = someServices({ clock, maxWaitSeconds: 5 });
const load = async () => ({ endpoints: {}, services });

async function* eventsOf(scenario: number): AsyncGenerator<ServerEvent> {
  yield { event: "stage", data: { status: "running", stage: "ASKING_AI" } };
  if (scenario === 1) throw new Error("thrown on purpose");
  if (scenario === 2) await new Promise(() => {});
  await clock.sleep(6_000);
  yield { event: "answer", data: { answer: "Größe\n".repeat(20_000) } };
}

mountRoute(queryObo, load, async (_, { body }) => ({ status: 200, body: { query: body.query } }));
mountRoute(health, load, async () => {
  throw new Error("thrown on purpose");
});
mountRoute(getOperationEvents, load, async (_, { query }) => ({
  status: 200,
  events: eventsOf(query.max_rows),
}));
app.setup({ enableHttpStream: true });
