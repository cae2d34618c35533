// What a test run showed of the OpenAPI document: every answer checked, and which operations and statuses were seen.
// The host's own bare answers are counted apart: the document does not speak of them (design §3.1 "Headers").

import type { RecordedExchange } from "../../../local/functions-host/http/record-exchange.ts";
import type { JsonObject } from "./document.ts";
import { createResponseCheck } from "./response-check.ts";

export interface ExchangeReport {
  add(exchange: RecordedExchange): void;
  /** Each fault once, with how often it was met, and what was never seen; empty when all is well. */
  faults(): string[];
  /** One line of figures. */
  summary(): string;
  /** `operation status`: documented, but no answer showed it. */
  unseenStatuses(): string[];
}

export function createExchangeReport(document: JsonObject): ExchangeReport {
  const { operations, check } = createResponseCheck(document);
  const statuses = operations.flatMap(({ id, responses }) =>
    [...responses.keys()].map((status) => `${id} ${status}`),
  );
  const seen = new Set<string>();
  const met = new Map<string, number>();
  let responses = 0;
  let bare = 0;

  const faults = () => [
    ...[...met].map(([fault, times]) => `${fault} (${times} times)`),
    ...unseen().map((id) => `${id}: never seen with a success`),
    ...(responses === 0 ? ["no answer was recorded: nothing was checked"] : []),
  ];
  // An operation that only ever refuses was not shown.
  const unseen = () =>
    operations
      .filter(({ id }) => ![...seen].some((each) => each.startsWith(`${id} 2`)))
      .map(({ id }) => id);
  return {
    add(exchange) {
      if (exchange.route === undefined) {
        bare += 1;
        for (const fault of bareFaults(exchange)) count(met, fault);
        return;
      }
      responses += 1;
      const { operation, faults: found } = check(exchange);
      if (operation !== undefined) seen.add(`${operation.id} ${exchange.status}`);
      for (const fault of found) count(met, fault);
    },
    faults,
    unseenStatuses: () => statuses.filter((each) => !seen.has(each)),
    summary() {
      const shown = operations.length - unseen().length;
      const undocumented = [...met.values()].reduce((sum, times) => sum + times, 0);
      return [
        `${figure(responses)} responses`,
        `${bare} bare answers of the host`,
        `${shown} of ${operations.length} operations seen`,
        `${statuses.filter((each) => seen.has(each)).length} of ${statuses.length} documented statuses seen`,
        `${figure(undocumented)} undocumented`,
      ].join(", ");
    },
  };
}

/** Unknown path or wrong method, missing key, too large for the host: nothing else, and without a body. */
const BARE_STATUSES = [401, 404, 413];

function bareFaults({ status, size }: RecordedExchange): string[] {
  return BARE_STATUSES.includes(status) && size === 0
    ? []
    : [`the host itself: ${status} with ${size} bytes is none of its bare answers`];
}

function count(met: Map<string, number>, fault: string): void {
  met.set(fault, (met.get(fault) ?? 0) + 1);
}

function figure(value: number): string {
  return value.toLocaleString("en-GB");
}
