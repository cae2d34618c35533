// Epoch milliseconds → RFC 3339 UTC strings, as every time on the wire is written (design §3.1).

/** Null where the time is unknown, or beyond what a date can be (Databricks' clock is not ours to trust). */
export function toTimestamp(epochMs: number | null): string | null {
  if (epochMs === null) return null;
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
