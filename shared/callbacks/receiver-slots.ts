// At most so many tries to one receiver at a time in this process, so that a slow one cannot take all the workers
// of the queue for itself (each of its tries lasts 10 s). It keeps no list beyond them.

import type { EnterReceiver } from "../operations/deliver-callback.ts";

/** A quarter of host.json's `newBatchThreshold`: below that many in work the host goes on fetching messages. */
const AT_ONCE = 8;

/** Receivers are told apart by the URL's origin. */
export function createReceiverSlots(atOnce = AT_ONCE): EnterReceiver {
  const taken = new Map<string, number>();
  return (url) => {
    const origin = URL.parse(url)?.origin ?? "";
    const present = taken.get(origin) ?? 0;
    if (present >= atOnce) return undefined;
    taken.set(origin, present + 1);
    return () => {
      const left = (taken.get(origin) ?? 1) - 1;
      if (left > 0) taken.set(origin, left);
      else taken.delete(origin);
    };
  };
}
