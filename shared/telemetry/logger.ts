// What the gateway may log: an event name and fields of the listed kinds. There is no free text and no
// `unknown` value, so that a token, a question or an answer has no way in (threat model T9).

/** Ids, counts, codes, durations and states only; never a caller's text, never upstream text. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
