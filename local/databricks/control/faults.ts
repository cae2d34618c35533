// Faults that a test plans for the next requests: replies of its own, refusals, silence, broken connections.

import type { Reply } from "../http/reply.ts";
import type { Refusal } from "../refusals.ts";
import type { RouteName } from "../routes/route-names.ts";

export type FaultAction =
  | ({ readonly kind: "reply" } & Reply)
  | { readonly kind: "refuse"; readonly refusal: Refusal }
  /** Never answers; the connection stays open until the client or the simulator closes it. */
  | { readonly kind: "hang" }
  /** Closes the connection without a byte. */
  | { readonly kind: "drop" }
  /** Sends the head and half of the body, then closes the connection. Implies that the request is carried out. */
  | { readonly kind: "cut_body" }
  /** Answers late: after `ms`, and not before `until` settles. */
  | { readonly kind: "delay"; readonly ms?: number; readonly until?: Promise<unknown> };

export interface Fault {
  readonly route: RouteName | "*";
  readonly action: FaultAction;
  /** `after`: the request is carried out first, only its reply suffers. Default `before`. */
  readonly when?: "before" | "after";
  /** Default 1; Infinity until `clearFaults`. */
  readonly times?: number;
  /** Object id or client id. Default: every caller. */
  readonly caller?: string;
}

export interface Faults {
  add(fault: Fault): void;
  /** The oldest fault that fits; used up after `times` requests. */
  take(route: RouteName, caller: string | undefined): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let faults: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    take: (route, caller) => {
      const found = faults.find(
        ({ fault }) =>
          (fault.route === "*" || fault.route === route) &&
          (fault.caller === undefined || fault.caller === caller),
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      faults = faults.filter(({ left }) => left > 0);
      return found.fault;
    },
    clear: () => {
      faults = [];
    },
  };
}
