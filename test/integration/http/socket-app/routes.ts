// An app of two real contracts for the tests over a socket: the ask tells what it got, the health check throws.
// Its clock runs ten times as fast, so that ten seconds without a body take one.

import { app } from "@azure/functions";
import { health, queryObo } from "../../../../shared/contracts/routes.ts";
import { mountRoute } from "../../../../shared/http/mount-route.ts";
import { type Clock, systemClock } from "../../../../shared/telemetry/clock.ts";
import { someServices } from "../../../unit/http/some-services.ts";

const SPEED = 10;
const clock: Clock = {
  now: () => systemClock.now() * SPEED,
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
};
const load = async () => ({ endpoints: {}, services: someServices({ clock }) });

mountRoute(queryObo, load, async (_, { body }) => ({ status: 200, body: { query: body.query } }));
mountRoute(health, load, async () => {
  throw new Error("thrown on purpose");
});
app.setup({ enableHttpStream: true });
