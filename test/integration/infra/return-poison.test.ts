// Messages of the poison queues in real Queue storage (Azurite): they go back as they stood, and none is lost on the way.

import { afterEach, describe, expect, test } from "vitest";
import { WrongOptions } from "../../../infra/cli/option-rules.ts";
import { describeReturned, readReturnOptions } from "../../../infra/operations/return-options.ts";
import { returnPoison } from "../../../infra/operations/return-poison.ts";
import { createQueueWorkQueue } from "../../../shared/stores/queue-work-queue.ts";
import type { StorageClients } from "../../../shared/stores/storage-clients.ts";
import { verifies } from "../../support/verifies.ts";
import { useStorageStand } from "../stores/use-storage-stand.ts";

const stand = useStorageStand();
const NAMES = ["genie-poll", "genie-callbacks", "genie-poll-poison", "genie-callbacks-poison"];
const idOf = (at: number) => `operation-${String(at).padStart(14, "0")}`;

afterEach(async () => {
  for (const name of NAMES) await (await stand().newClients().queue(name)).clearMessages();
});

/** Written by the gateway's own writer, then where the host copies it to: with the text as it stood. */
async function poison(count: number): Promise<string[]> {
  const clients = stand().newClients();
  const work = await clients.queue("genie-poll");
  for (let at = 0; at < count; at++) {
    await createQueueWorkQueue(clients).schedulePoll(idOf(at), 0, null);
  }
  const texts: string[] = [];
  while (texts.length < count) {
    const { receivedMessageItems } = await work.receiveMessages({ numberOfMessages: 32 });
    texts.push(...receivedMessageItems.map(({ messageText }) => messageText));
  }
  await work.clearMessages();
  await put("genie-poll-poison", texts);
  return texts;
}

async function put(name: string, texts: readonly string[]): Promise<void> {
  const queue = await stand().newClients().queue(name);
  for (const text of texts) await queue.sendMessage(text);
}

async function textsIn(name: string): Promise<string[]> {
  const queue = await stand().newClients().queue(name);
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => messageText);
}

/** Also what somebody holds at the moment. */
async function countIn(name: string): Promise<number> {
  const queue = await stand().newClients().queue(name);
  return (await queue.getProperties()).approximateMessagesCount ?? -1;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");
const NOT_OURS = [
  "plain text",
  `${base64({ operation_id: idOf(9) })}!`, // the host takes no such thing for base64
  base64({ order: 1 }),
  base64({ operation_id: "../x" }),
];

describe("returned", () => {
  verifies("infra.return-poison", "as they stood; what is not ours stays", async () => {
    const texts = await poison(3);
    await put("genie-poll-poison", NOT_OURS);
    await put("genie-callbacks-poison", texts.slice(0, 1));
    const all = await returnPoison(stand().newClients(), false);
    expect(all).toEqual([
      { queue: "genie-poll-poison", found: 7, returned: 3, left: 4 },
      { queue: "genie-callbacks-poison", found: 1, returned: 1, left: 0 },
    ]);
    expect(await textsIn("genie-poll")).toEqual(texts);
    expect(await textsIn("genie-callbacks")).toEqual(texts.slice(0, 1));
    expect([await countIn("genie-poll-poison"), await countIn("genie-callbacks-poison")]).toEqual([
      4, 0,
    ]);
    expect(describeReturned(all, false)).toEqual([
      "genie-poll-poison: 3 of 7 went back; 4 left there, not the gateway's",
      "genie-callbacks-poison: 1 of 1 went back",
    ]);
  });

  verifies("infra.return-poison", "a dry run counts and takes none", async () => {
    const texts = await poison(2);
    await put("genie-poll-poison", NOT_OURS.slice(0, 1));
    const all = await returnPoison(stand().newClients(), true);
    expect(describeReturned(all, true)[0]).toBe(
      "genie-poll-poison: 3 there; of 3 looked at 2 would go back",
    );
    expect(await textsIn("genie-poll-poison")).toEqual([...texts, NOT_OURS[0]]);
    expect(await textsIn("genie-poll")).toEqual([]);
  });

  verifies("infra.return-poison", "more than one look holds", async () => {
    await poison(40);
    const [polls] = await returnPoison(stand().newClients(), false);
    expect(polls).toMatchObject({ found: 40, returned: 40 });
    expect([await countIn("genie-poll"), await countIn("genie-poll-poison")]).toEqual([40, 0]);
  });

  verifies("infra.return-poison", "it ends although each of them comes back at once", async () => {
    await poison(3);
    const clients = stand().newClients();
    const poisonQueue = await clients.queue("genie-poll-poison");
    const boomerang: Pick<StorageClients, "queue"> = {
      queue: async (name) => (name === "genie-poll" ? poisonQueue : clients.queue(name)),
    };
    const [polls] = await returnPoison(boomerang, false);
    expect(polls).toMatchObject({ found: 3, returned: 3 });
    expect(await countIn("genie-poll-poison")).toBe(3);
  });
});

describe("cut off", () => {
  verifies("infra.return-poison", "nothing is deleted that was not written", async () => {
    await poison(1);
    stand().queues.reset();
    stand().queues.trouble = ({ method, path }) =>
      method === "POST" && path.includes("/genie-poll/") ? { status: 403 } : undefined;
    await expect(returnPoison(stand().newClients(), false)).rejects.toThrow("storage_unavailable");
    expect(await countIn("genie-poll-poison")).toBe(1);
    expect(stand().queues.calls.map(({ method }) => method)).not.toContain("DELETE");
  });

  verifies(
    "infra.return-poison",
    "one that is gone by the time of its deletion is one",
    async () => {
      await poison(1);
      let isFirst = true;
      stand().queues.trouble = ({ method }) => {
        if (method !== "DELETE" || !isFirst) return undefined;
        isFirst = false;
        return "lose";
      };
      const [polls] = await returnPoison(stand().newClients(), false);
      expect(polls).toMatchObject({ returned: 1 });
      expect([await countIn("genie-poll"), await countIn("genie-poll-poison")]).toEqual([1, 0]);
    },
  );
});

test("options: an account by its name, in a dry run too", () => {
  for (const args of [[], ["--dry-run"], ["--storage-account", "st-genie.example.com"]]) {
    expect(() => readReturnOptions(args)).toThrow(WrongOptions);
  }
  const right = ["--storage-account", "stgenie"];
  expect(readReturnOptions([...right, "--dry-run"])).toEqual({
    isDryRun: true,
    storageAccount: "stgenie",
  });
  expect(readReturnOptions(["--help"])).toBeUndefined();
});
