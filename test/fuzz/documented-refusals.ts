// What the schemas cannot say: the 400s that a request may get though each of its values fits its schema. One line for
// each rule of the contract; a 400 that names another place is a fault.

import type { JsonObject } from "../support/openapi/document.ts";
import type { SentRequest } from "./send-plan.ts";

interface Rule {
  /** Pointer or parameter that the 400 names. */
  readonly place: string;
  readonly applies: (sent: SentRequest) => boolean;
}

/** Unicode controls besides tab, line feed and carriage return. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** As the stand's settings allow it; its port is known at run time only. */
const RECEIVER_URL = /^https:\/\/localhost:\d+\/called$/;

const RULES: readonly Rule[] = [
  // Opaque: only the gateway's own are good, and only where it gave them (design §3.1 "Lists", §3.6).
  { place: "page_token", applies: ({ query }) => query.has("page_token") },
  { place: "download", applies: ({ query }) => query.has("download") },
  // All rows come as a file (design §3.6).
  {
    place: "full",
    applies: ({ query, headers }) =>
      query.get("full") === "true" &&
      (query.get("format") ?? "json") === "json" &&
      !/csv|ndjson/.test(query.has("format") ? "" : (headers.Accept ?? "")),
  },
  // Typed by a person: UTF-16 units, no control characters, not blank (design §3.2, §3.5).
  {
    place: "/query",
    applies: ({ json }) => !isHumanText(json.query, 10_000) || isBlank(json.query),
  },
  {
    place: "/comment",
    applies: ({ json }) => !isHumanText(json.comment, 1_000) || json.rating === "none",
  },
  // Only https, and only hosts that the operator allowed (design §3.7): of these requests the receiver's alone.
  {
    place: "/callback_url",
    applies: ({ json }) =>
      json.callback_url !== undefined && !RECEIVER_URL.test(String(json.callback_url)),
  },
];

/** True when every place that the 400 names is one that such a request may be refused for. */
export function isDocumentedRefusal(sent: SentRequest, places: readonly string[]): boolean {
  return (
    places.length > 0 &&
    places.every((each) => RULES.some(({ place, applies }) => place === each && applies(sent)))
  );
}

function isHumanText(value: unknown, most: number): boolean {
  return (
    typeof value === "string" &&
    value.length <= most &&
    !CONTROL.test(value) &&
    value.isWellFormed()
  );
}

function isBlank(value: JsonObject[string]): boolean {
  return typeof value === "string" && !/\S/.test(value);
}
