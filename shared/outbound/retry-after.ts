// The arithmetic of `Retry-After` (RFC 9110 §10.2.3) alone: a header value in, milliseconds out.
// It never reads a clock and never caps the wait: the caller's budget does that.

/** IMF-fixdate, the only date form that a server may still send. `Date.parse` alone takes nearly anything. */
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds from `now` (epoch ms) until the time that a `Retry-After` value names.
 * Whole seconds or an HTTP date; a date in the past is 0; anything else is undefined, as if absent.
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
