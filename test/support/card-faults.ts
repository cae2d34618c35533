// What the Adaptive Cards library itself finds wrong with a card, without a browser. It is loaded as a script, because
// its types need those of a browser.

import { createRequire } from "node:module";

interface CardLibrary {
  readonly AdaptiveCard: new () => { parse(json: unknown, context: Context): void };
  readonly SerializationContext: new (version: unknown) => Context;
  readonly Versions: { readonly v1_5: unknown };
}

interface Context {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}

const require = createRequire(import.meta.url);
const library: CardLibrary = require("adaptivecards/dist/adaptivecards.js");

/** Empty when the card is a valid one of version 1.5. Charts are unknown to the library: they are no fault. */
export function cardFaults(card: unknown): string[] {
  const context = new library.SerializationContext(library.Versions.v1_5);
  new library.AdaptiveCard().parse(card, context);
  const events = Array.from(
    { length: context.eventCount },
    (_, i) => context.getEventAt(i).message,
  );
  return events.filter((message) => !/^Unknown element type "Chart\./.test(message));
}
