// Status, result and cancellation: the promises of design §3.4 against a scripted Genie.

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { GenieState } from "../../../shared/operations/genie.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { aWorkingState } from "../../support/scripted-genie.ts";
import { verifies } from "../../support/verifies.ts";

const failed: GenieState = { kind: "failed", failure: { code: "genie_rephrase", detail: "no" } };
const unknownState: GenieState = { kind: "working", stage: undefined };

async function startSlow(fixture: ReturnType<typeof createOperationsFixture>, endsAt = 15_000) {
  fixture.genie.timeline = [
    { from: 0, state: aWorkingState("ASKING_AI") },
    { from: endsAt, state: { kind: "completed" } },
  ];
  return (await fixture.clock.run(fixture.ask(fixture.asker, anAskRequest()))).operation;
}

describe("the end of an operation", () => {
  const ends = [
    ["completed", { kind: "completed" }, "succeeded"],
    ["failed", failed, "failed"],
    ["cancelled", { kind: "cancelled" }, "cancelled"],
    ["result_expired", { kind: "result_expired" }, "succeeded"],
  ] as const;
  for (const [name, state, status] of ends) {
    verifies("asking.all-terminal-states", `${name} ends it`, async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      genie.timeline = [
        { from: 0, state: aWorkingState("EXECUTING_QUERY") },
        { from: 3_000, state },
      ];
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 30_000 })));
      expect(operation.status).toBe(status);
    });
  }

  verifies(
    "asking.all-terminal-states",
    "a state we do not know keeps the last known stage",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      genie.timeline = [
        { from: 0, state: aWorkingState("ASKING_AI") },
        { from: 3_000, state: unknownState },
        { from: 9_000, state: { kind: "completed" } },
      ];
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 7_000 })));
      expect(operation).toMatchObject({ status: "running", stage: "ASKING_AI" });
    },
  );

  verifies(
    "asking.deadline",
    "Genie is asked once more, and a late answer still counts",
    async () => {
      const fixture = createOperationsFixture({ deadlineMs: 60_000 });
      const { id } = await startSlow(fixture, 59_000);
      fixture.clock.advance(120_000);
      const operation = await fixture.clock.run(fixture.access.readStatus(fixture.asker, id));
      expect(operation.status).toBe("succeeded");
    },
  );

  verifies(
    "asking.deadline",
    "a question without an answer is expired and keeps its message",
    async () => {
      const fixture = createOperationsFixture({ deadlineMs: 60_000 });
      const { id } = await startSlow(fixture, 900_000);
      fixture.clock.advance(61_000);
      const operation = await fixture.clock.run(fixture.access.readStatus(fixture.asker, id));
      expect(operation).toMatchObject({
        status: "expired",
        asked: { conversationId: "c".repeat(32) },
      });
      const polls = fixture.genie.polls;
      await fixture.clock.run(fixture.access.readStatus(fixture.asker, id));
      expect(fixture.genie.polls).toBe(polls);
    },
  );

  verifies(
    "asking.all-terminal-states",
    "a refusal right after the ask is passing, later it is the outcome",
    async () => {
      const fixture = createOperationsFixture();
      const { id } = await startSlow(fixture);
      const refusal = { code: "genie_space_forbidden", detail: "no" } as const;
      fixture.genie.pollFailures.push(refusal);
      fixture.clock.advance(3_000);
      const early = await fixture.clock.run(fixture.access.readStatus(fixture.asker, id));
      expect(early.status).toBe("running");
      fixture.genie.pollFailures.push(refusal);
      fixture.clock.advance(11_000);
      const late = await fixture.clock.run(fixture.access.readStatus(fixture.asker, id));
      expect(late).toMatchObject({ status: "failed", failure: { code: "genie_space_forbidden" } });
    },
  );

  verifies(
    "asking.all-terminal-states",
    "Databricks being down for a while fails nothing",
    async () => {
      const fixture = createOperationsFixture();
      const { id } = await startSlow(fixture);
      for (let i = 0; i < 3; i++) {
        fixture.genie.pollFailures.push({
          code: "databricks_unavailable",
          detail: "x",
          retryAfterSeconds: 5,
        });
      }
      const { operation } = await fixture.clock.run(
        fixture.access.awaitResult(fixture.asker, id, 60_000),
      );
      expect(operation.status).toBe("succeeded");
    },
  );
});

describe("reading an operation", () => {
  verifies(
    "asking.coalesced",
    "fifty readers cause one look, and no look before it is due",
    async () => {
      const fixture = createOperationsFixture();
      const { id } = await startSlow(fixture);
      const readAll = () =>
        fixture.clock.run(
          Promise.all(
            Array.from({ length: 50 }, () => fixture.access.readStatus(fixture.asker, id)),
          ),
        );
      await readAll();
      expect(fixture.genie.polls).toBe(0);
      fixture.clock.advance(2_500);
      await readAll();
      await readAll();
      expect(fixture.genie.polls).toBe(1);
    },
  );

  verifies("asking.monitor", "a refused exchange leaves the last known state", async () => {
    const fixture = createOperationsFixture();
    const { id } = await startSlow(fixture);
    fixture.clock.advance(5_000);
    const refused = {
      ...fixture.asker,
      genie: async () => {
        throw new AppError({ code: "consent_required", detail: "consent" });
      },
    };
    const operation = await fixture.clock.run(fixture.access.readStatus(refused, id));
    expect(operation.status).toBe("running");
    await expect(
      fixture.clock.run(fixture.access.awaitResult(refused, id, 0)),
    ).rejects.toMatchObject({
      failure: { code: "consent_required" },
    });
  });

  verifies("asking.owner", "another user, an app and a malformed id all find nothing", async () => {
    const fixture = createOperationsFixture();
    const { id } = await startSlow(fixture);
    const others = [
      fixture.askerOf({ kind: "user", tenantId: "t", objectId: "somebody-else" }),
      fixture.askerOf({ kind: "user", tenantId: "other", objectId: "analyst" }),
      fixture.askerOf(anAppOwner),
      fixture.askerOf({ kind: "function-key" }),
    ];
    for (const other of others) {
      await expect(fixture.access.readStatus(other, id)).rejects.toMatchObject({
        failure: { code: "operation_not_found" },
      });
      await expect(fixture.access.cancel(other, id)).rejects.toMatchObject({
        failure: { code: "operation_not_found" },
      });
    }
    for (const bad of ["", "short", "../../etc/passwd", `${id}%00`, "x".repeat(65)]) {
      await expect(fixture.access.awaitResult(fixture.asker, bad, 0)).rejects.toMatchObject({
        failure: { code: "operation_not_found" },
      });
    }
  });

  verifies(
    "asking.cancel",
    "a running operation ends, polling stops, a final one stays",
    async () => {
      const fixture = createOperationsFixture();
      const { id } = await startSlow(fixture);
      expect((await fixture.access.cancel(fixture.asker, id)).status).toBe("cancelled");
      fixture.clock.advance(30_000);
      await fixture.clock.run(fixture.access.readStatus(fixture.asker, id));
      expect(fixture.genie.polls).toBe(0);
      expect((await fixture.access.cancel(fixture.asker, id)).status).toBe("cancelled");

      const done = await fixture.clock.run(
        fixture.ask(fixture.asker, anAskRequest({ waitMs: 60_000 })),
      );
      expect((await fixture.access.cancel(fixture.asker, done.operation.id)).status).toBe(
        "succeeded",
      );
    },
  );

  verifies(
    "asking.cancel",
    "an answer that arrives while it is being cancelled does not undo it",
    async () => {
      const fixture = createOperationsFixture();
      fixture.genie.askReplies.push("hang");
      const { operation } = await fixture.clock.run(fixture.ask(fixture.asker, anAskRequest()));
      expect((await fixture.access.cancel(fixture.asker, operation.id)).status).toBe("cancelled");
    },
  );
});
