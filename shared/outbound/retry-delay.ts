// How long to wait before the next try: exponential back-off with full jitter, or longer if the server says so.
// Pure: chance is passed in. It never decides whether there is a next try.

const FIRST_CEILING_MS = 200;
const LAST_CEILING_MS = 5_000;

/**
 * Milliseconds before the try after try number `attempt` (1-based). Full jitter spreads a herd of callers
 * over the whole ceiling; a `Retry-After` is a lower bound and gets the jitter on top for the same reason.
 */
export function retryDelayMs(
  attempt: number,
  retryAfter: number | undefined,
  random: () => number,
): number {
  const ceiling = Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** (attempt - 1));
  return Math.round((retryAfter ?? 0) + random() * ceiling);
}
