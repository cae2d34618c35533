// The guide's entries in the order and the groups of the pages: by HTTP status, each code with its title (pure).

import { STATUS_CODES } from "node:http";
import { ERROR_CATALOGUE, type ErrorCode } from "../../errors/error-catalogue.ts";
import { ERROR_GUIDE } from "../error-guide.ts";
import type { GuideEntry } from "./guide-entry.ts";

export interface GuideItem extends GuideEntry {
  readonly code: ErrorCode;
  readonly title: string;
}

export interface StatusGroup {
  /** For example `404 Not Found`. */
  readonly heading: string;
  readonly status: number;
  readonly items: readonly GuideItem[];
}

/** Every code of the catalogue once, statuses ascending, codes in the catalogue's order. */
export function guideByStatus(): StatusGroup[] {
  const groups = Map.groupBy(
    Object.entries(ERROR_CATALOGUE) as [ErrorCode, { status: number; title: string }][],
    ([, { status }]) => status,
  );
  return [...groups]
    .toSorted(([one], [other]) => one - other)
    .map(([status, entries]) => ({
      heading: `${status} ${STATUS_CODES[status] ?? ""}`.trim(),
      status,
      items: entries.map(([code, { title }]) => ({ code, title, ...ERROR_GUIDE[code] })),
    }));
}
