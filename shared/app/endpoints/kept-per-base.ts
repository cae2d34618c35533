// What is made once for each base address and then kept: in Azure there is one base. Elsewhere the Host header says it,
// so that only a few are kept, however many hosts a caller makes up.

import { createLruMap } from "../../auth/lru-map.ts";

const KEPT_BASES = 8;

/** Calls at the same time share one making; one that failed is made again with the next call. */
export function keptPerBase<T>(
  make: (baseUrl: string) => Promise<T>,
): (baseUrl: string) => Promise<T> {
  const kept = createLruMap<Promise<T>>(KEPT_BASES);
  return (baseUrl) => {
    const known = kept.get(baseUrl);
    if (known !== undefined) return known;
    const made = make(baseUrl);
    kept.set(baseUrl, made);
    made.catch(() => kept.delete(baseUrl));
    return made;
  };
}
