// Which key version is in charge of hashes, and which others count. Pure: times in, versions out.
//
// A hash becomes a record's id (design §3.2), so two workers must not hash with different keys. A new version
// therefore takes charge only after 24 hours, when every worker has long seen it: see sealing-key-ring.ts.

/** One enabled version of the key. */
export interface KeyVersion {
  readonly version: string;
  /** Epoch ms. */
  readonly createdAt: number;
}

const HOUR_MS = 3_600_000;
const HANDOVER_MS = 24 * HOUR_MS;
/** An id made from a hash counts for this long (design §3.2). */
const ID_LIFETIME_MS = 24 * HOUR_MS;
/** Between the clocks of two workers. */
const SKEW_MS = 5 * 60_000;

/** Newest first; versions of the same second in one order on every worker. */
export function newestFirst(versions: readonly KeyVersion[]): readonly KeyVersion[] {
  return versions.toSorted((a, b) => b.createdAt - a.createdAt || (a.version < b.version ? 1 : -1));
}

/** The version in charge first, then those that were or will be around this time. Empty for none. */
export function versionsForHashes(
  versions: readonly KeyVersion[],
  now: number,
): readonly KeyVersion[] {
  const terms = newestFirst(versions).map((version, index, all) => {
    const isOldest = index === all.length - 1;
    const from = isOldest ? Number.NEGATIVE_INFINITY : version.createdAt + HANDOVER_MS;
    const next = all[index - 1];
    return { version, from, until: (next?.createdAt ?? Number.POSITIVE_INFINITY) + HANDOVER_MS };
  });
  const inCharge = terms.find(({ from }) => from <= now);
  const around = terms.filter(
    (term) =>
      term !== inCharge &&
      term.from <= now + SKEW_MS &&
      term.until > now - ID_LIFETIME_MS - SKEW_MS,
  );
  return [...(inCharge ? [inCharge] : []), ...around].map(({ version }) => version);
}
