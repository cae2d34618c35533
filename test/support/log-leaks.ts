// What must never stand in a log: tokens, secrets, questions, answers (design §1.1, threat model T9).
// It names the kind and the line of a leak, never the text, so that the check itself leaks nothing.

import { SECRET_MARKERS } from "./secret-markers.ts";

const LEAKS: readonly (readonly [kind: string, form: RegExp])[] = [
  ["a JWT", /eyJ[\w-]{8,}\.eyJ[\w-]{8,}/],
  ["a bearer token", /\bBearer\s+[\w.~+/-]{20,}/i],
  ["a Databricks token", /\bdapi[0-9a-f]{32}/],
  ["an Entra client secret", /[\w~.-]{3}[78]Q~[\w~.-]{31,34}/],
  ["a secret in a form body", /\b(?:client_secret|assertion|client_assertion)=[^\s&*]{8,}/],
  ["a storage key", /AccountKey=[A-Za-z0-9+/]{86}==/],
  ["a signed link", /[?&]sig=[\w%]{20,}/],
  ...Object.entries(SECRET_MARKERS).map(
    ([kind, marker]) => [`the ${kind} marker`, new RegExp(marker, "i")] as const,
  ),
];

/** `line N: kind` of every leak in a log. */
export function leaksIn(log: string): string[] {
  return log
    .split("\n")
    .flatMap((line, index) =>
      LEAKS.filter(([, form]) => form.test(line)).map(([kind]) => `line ${index + 1}: ${kind}`),
    );
}
