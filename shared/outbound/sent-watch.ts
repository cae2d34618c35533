// Tells whether a request's head was ever written to a socket, so that a time-out while connecting is told apart
// from a reply that got lost. Uses the diagnostics channels of undici (Node's own fetch); it changes no request.

import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";

interface Sighting {
  created: boolean;
  sent: boolean;
}

export interface SentWatch {
  /** Runs `work`, which makes one fetch. `provenUnsent()` is true only if surely nothing of it was written. */
  watch<T>(work: (provenUnsent: () => boolean) => Promise<T>): Promise<T>;
}

const requestOf = (message: unknown): object | undefined =>
  typeof message === "object" &&
  message !== null &&
  "request" in message &&
  typeof message.request === "object"
    ? (message.request ?? undefined)
    : undefined;

/** Subscribes once; meant to live as long as the process. */
export function createSentWatch(): SentWatch {
  const current = new AsyncLocalStorage<Sighting>();
  const sightings = new WeakMap<object, Sighting>();
  // A Node whose undici no longer tells about sent heads must never look like one that sends nothing.
  let channelWorks = false;

  subscribe("undici:request:create", (message) => {
    const sighting = current.getStore();
    const request = requestOf(message);
    if (sighting === undefined || request === undefined) return;
    sighting.created = true;
    sightings.set(request, sighting);
  });
  subscribe("undici:client:sendHeaders", (message) => {
    channelWorks = true;
    const request = requestOf(message);
    const sighting = request && sightings.get(request);
    if (sighting) sighting.sent = true;
  });

  return {
    watch: (work) => {
      const sighting: Sighting = { created: false, sent: false };
      return current.run(sighting, () =>
        work(() => channelWorks && sighting.created && !sighting.sent),
      );
    },
  };
}
