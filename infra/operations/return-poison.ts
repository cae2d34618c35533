// Puts messages of the poison queues back into their work queues: each is written there first and only then deleted,
// with the receipt of this very look, so none can be lost; one that is there twice is harmless, a message is a hint.
//
// A message that is not the gateway's stays where it is: in the work queue it would come right back. No content is shown.

import type { QueueClient } from "@azure/storage-queue";
import { refusalOf, storageCall } from "../../shared/stores/storage-call.ts";
import type { StorageClients } from "../../shared/stores/storage-clients.ts";
import {
  CALLBACKS_POISON_QUEUE,
  CALLBACKS_QUEUE,
  POLL_POISON_QUEUE,
  POLL_QUEUE,
} from "../../shared/stores/storage-names.ts";
import { isOurs } from "./queue-messages.ts";

export interface Returned {
  readonly queue: string;
  /** Given back; in a dry run, of those looked at, the ones that would be. */
  readonly returned: number;
  /** Not the gateway's: left where they are. */
  readonly left: number;
  /** Messages in the queue at the start, also those that somebody else holds at the moment. */
  readonly found: number;
}

const WAYS_BACK = [
  [POLL_POISON_QUEUE, POLL_QUEUE],
  [CALLBACKS_POISON_QUEUE, CALLBACKS_QUEUE],
] as const;
/** What Queue storage hands out at most. */
const AT_ONCE = 32;
/** Far longer than a batch takes; after it whatever was left is seen again. */
const HELD_FOR_S = 60;

type Queues = Pick<StorageClients, "queue">;

/** @param isDryRun peeks at the first 32 of each queue and takes nothing. @throws AppError `storage_unavailable` */
export async function returnPoison(clients: Queues, isDryRun: boolean): Promise<Returned[]> {
  const all: Returned[] = [];
  for (const [poisonName, workName] of WAYS_BACK) {
    const poison = await clients.queue(poisonName);
    const { approximateMessagesCount: found = 0 } = await storageCall(() => poison.getProperties());
    const counts = isDryRun
      ? await look(poison)
      : await moveAll(poison, await clients.queue(workName), found);
    all.push({ queue: poisonName, found, ...counts });
  }
  return all;
}

async function look(poison: QueueClient) {
  const options = { numberOfMessages: AT_ONCE };
  const { peekedMessageItems } = await storageCall(() => poison.peekMessages(options));
  const returned = peekedMessageItems.filter(({ messageText }) => isOurs(messageText)).length;
  return { returned, left: peekedMessageItems.length - returned };
}

/** No more than were there at the start: what fails again and comes back must not keep it going for ever. */
async function moveAll(poison: QueueClient, work: QueueClient, found: number) {
  let [returned, left] = [0, 0];
  while (returned + left < found) {
    const numberOfMessages = Math.min(AT_ONCE, found - returned - left);
    const options = { numberOfMessages, visibilityTimeout: HELD_FOR_S };
    const { receivedMessageItems } = await storageCall(() => poison.receiveMessages(options));
    if (receivedMessageItems.length === 0) break;
    for (const message of receivedMessageItems) {
      if (!isOurs(message.messageText)) left += 1;
      else {
        await moveOne(poison, work, message);
        returned += 1;
      }
    }
  }
  return { returned, left };
}

interface Taken {
  readonly messageId: string;
  readonly popReceipt: string;
  /** As it is stored, and so it is written: encoding it again would make it unreadable. */
  readonly messageText: string;
}

async function moveOne(poison: QueueClient, work: QueueClient, taken: Taken): Promise<void> {
  const { messageId, popReceipt, messageText } = taken;
  await storageCall(() => work.sendMessage(messageText));
  try {
    await storageCall(() => poison.deleteMessage(messageId, popReceipt));
  } catch (error) {
    // Its time was over, or the poison function has taken it meanwhile: gone either way.
    if (refusalOf(error) !== 404) throw error;
  }
}
