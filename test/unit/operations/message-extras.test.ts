// Pictures and feedback: whose conversation it is comes first, then Genie with the caller's own authority.

import { describe, expect } from "vitest";
import type { Feedback, MessageRef } from "../../../shared/operations/genie.ts";
import { createFeedbackGiving } from "../../../shared/operations/give-feedback.ts";
import { createVisualizationReading } from "../../../shared/operations/read-visualization.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { verifies } from "../../support/verifies.ts";

const space = anAskRequest().space;
const ids = { conversationId: "c".repeat(32), messageId: "d".repeat(32) };
const ref: MessageRef = { spaceId: space.id, ...ids };
const attachmentId = "a".repeat(32);
const feedback: Feedback = { rating: "negative", comment: "wrong region" };
const anotherApp = { kind: "app", tenantId: "t", clientId: "another" } as const;

/** What reached Genie, and both use cases. */
function fixture() {
  const { genie, deps, askerOf, asker } = createOperationsFixture();
  const seen: unknown[] = [];
  genie.visualization = async (...wanted) => {
    seen.push(wanted);
    return Uint8Array.of(1, 2, 3);
  };
  genie.sendFeedback = async (...sent) => {
    seen.push(sent);
  };
  const picture = createVisualizationReading(deps.ledger);
  const give = createFeedbackGiving(deps.ledger);
  return { seen, deps, askerOf, asker, picture, give };
}

describe("as a user", () => {
  verifies("reading.visualizations", "the picture comes as Genie gives it", async () => {
    const { seen, asker, picture } = fixture();
    expect(await picture(asker, space, { ...ids, attachmentId })).toEqual(Uint8Array.of(1, 2, 3));
    expect(seen).toEqual([[ref, attachmentId]]);
  });

  verifies("reading.feedback", "feedback reaches Genie unchanged", async () => {
    const { seen, asker, give } = fixture();
    await give(asker, space, { ...ids, feedback });
    expect(seen).toEqual([[ref, feedback]]);
  });
});

describe("as an app", () => {
  verifies("reading.own-conversations", "only below its own conversations", async () => {
    const { seen, deps, askerOf, picture, give } = fixture();
    await deps.ledger.record(anAppOwner, space.id, { ...ids, createdAt: 1 });
    await picture(askerOf(anAppOwner), space, { ...ids, attachmentId });
    await give(askerOf(anAppOwner), space, { ...ids, feedback });
    expect(seen).toHaveLength(2);
    for (const owner of [anotherApp, { kind: "function-key" } as const]) {
      const stranger = { ...askerOf(owner), genie: () => Promise.reject(new Error("too early")) };
      const notFound = { failure: { code: "conversation_not_found" } };
      const read = picture(stranger, space, { ...ids, attachmentId });
      await expect(read).rejects.toMatchObject(notFound);
      await expect(give(stranger, space, { ...ids, feedback })).rejects.toMatchObject(notFound);
    }
    expect(seen).toHaveLength(2);
  });
});
