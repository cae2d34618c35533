// Erasing one user in real Table storage (Azurite): all of that user's rows go, nobody else's.

import { expect } from "vitest";
import { WrongOptions } from "../../../infra/cli/option-rules.ts";
import { readEraseOptions } from "../../../infra/operations/erase-options.ts";
import { erasePerson } from "../../../infra/operations/erase-person.ts";
import { createTableConversationIndex } from "../../../shared/stores/table-conversation-index.ts";
import { createTableTokenCustody } from "../../../shared/stores/table-token-custody.ts";
import { aCallback, aQueuedOperation, aRunningOperation } from "../../support/an-operation.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { create, startOperationWorker } from "../stores/operation-worker.ts";
import { useStorageStand } from "../stores/use-storage-stand.ts";

const stand = useStorageStand();
const TENANT = "11111111-2222-4333-8444-555555555555";
const PERSON = { tenantId: TENANT, objectId: "aaaaaaaa-2222-4333-8444-555555555555" };
const OTHER = { tenantId: TENANT, objectId: "bbbbbbbb-2222-4333-8444-555555555555" };
/** Both ask in a conversation of the same id: hashes must keep them apart. */
const CONVERSATION = "c".repeat(32);

async function keepRecordsOf(person: typeof PERSON) {
  const owner = { kind: "user", ...person } as const;
  const clients = stand().newClients();
  const clock = createVirtualClock();
  const store = startOperationWorker(stand());
  await create(store, aQueuedOperation({ owner, callback: aCallback() }));
  const running = aRunningOperation({ owner, callback: aCallback() });
  await create(store, running);
  const custody = createTableTokenCustody({ ...stand(), clients, clock, audience: "databricks" });
  await custody.keep(running, { token: "kept-token", expiresAt: clock.now() + 600_000 });
  await createTableConversationIndex({ clients, clock }).recordAsk(owner, {
    operationId: running.id,
    conversationId: CONVERSATION,
    messageId: "d".repeat(32),
    opensConversation: true,
  });
}

const rowCount = async (table: string) => JSON.parse(await stand().rawRows(table)).length;

verifies("infra.erase-person", "erases one user's rows and nobody else's", async () => {
  await keepRecordsOf(OTHER);
  const others = [await rowCount("GenieOperations"), await rowCount("GenieConversations")];
  await keepRecordsOf(PERSON);
  const clients = stand().newClients();
  const counted = await erasePerson(clients, PERSON, true);
  expect(counted).toEqual({ operations: 2, conversations: 1, rows: 5 });
  expect(await rowCount("GenieOperations")).toBe(2 * (others[0] ?? 0));
  expect(await erasePerson(clients, PERSON, false)).toEqual(counted);
  const left = [await rowCount("GenieOperations"), await rowCount("GenieConversations")];
  expect(left).toEqual(others);
  expect(await stand().rawRows("GenieOperations")).not.toContain(PERSON.objectId);
  expect(await erasePerson(clients, PERSON, false)).toEqual({
    operations: 0,
    conversations: 0,
    rows: 0,
  });
});

verifies("infra.setup-refusals", "an erasure without a person, or of no GUID, is refused", () => {
  const account = ["--storage-account", "stgenie"];
  const faults = [
    ["--dry-run", ...account],
    [...account, "--tenant-id", TENANT, "--object-id", "someone@example.com"],
    ["--storage-account", "st-genie", "--tenant-id", TENANT, "--object-id", TENANT],
  ];
  for (const args of faults) expect(() => readEraseOptions(args)).toThrow(WrongOptions);
  const right = [...account, "--tenant-id", TENANT, "--object-id", PERSON.objectId.toUpperCase()];
  expect(readEraseOptions(right)).toEqual({
    isDryRun: false,
    storageAccount: "stgenie",
    ...PERSON,
  });
  expect(readEraseOptions(["--help"])).toBeUndefined();
});
