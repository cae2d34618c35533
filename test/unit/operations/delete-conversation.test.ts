// Deleting a conversation: Databricks first, then the app's own record, whatever happens in between (design §3.5).

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createConversationReading } from "../../../shared/operations/read-conversations.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { verifies } from "../../support/verifies.ts";

const space = anAskRequest().space;
const id = "c".repeat(32);
type Refusal = "conversation_not_found" | "databricks_unavailable" | "genie_space_forbidden";

/** An app with one conversation, and what its list holds after a delete that Databricks refuses in this way. */
async function leftAfter(refusal: Refusal): Promise<string[]> {
  const { askerOf, deps, genie } = createOperationsFixture();
  const app = askerOf(anAppOwner);
  await deps.ledger.record(app.owner, space.id, { conversationId: id, createdAt: 1 });
  genie.deleteConversation = async () => {
    throw new AppError({ code: refusal, detail: "No." });
  };
  const { list, remove } = createConversationReading(deps.ledger);
  await expect(remove(app, space, id)).rejects.toMatchObject({ failure: { code: refusal } });
  return (await list(app, space, { pageSize: 10 })).items.map((entry) => entry.conversationId);
}

describe("a conversation that is to be deleted", () => {
  verifies("reading.delete", "and is gone already leaves the app's record too", async () => {
    expect(await leftAfter("conversation_not_found")).toEqual([]);
  });

  verifies("reading.delete", "but cannot be stays in it", async () => {
    expect(await leftAfter("databricks_unavailable")).toEqual([id]);
    expect(await leftAfter("genie_space_forbidden")).toEqual([id]);
  });

  verifies("reading.delete", "by a user needs no record", async () => {
    const { asker, deps } = createOperationsFixture();
    const down = async () => {
      throw new AppError({ code: "storage_unavailable", detail: "Down." });
    };
    const { remove } = createConversationReading({ ...deps.ledger, has: down, remove: down });
    await expect(remove(asker, space, id)).resolves.toBeUndefined();
  });
});
