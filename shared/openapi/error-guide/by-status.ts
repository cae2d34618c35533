// The guide's entries in the order and the groups of the pages: by HTTP status, each code with its title (pure).

import { ERROR_CATALOGUE, type ErrorCode } from "../../errors/error-catalogue.ts";
import { ERROR_GUIDE } from "../error-guide.ts";
import type { GuideEntry } from "./guide-entry.ts";

type Status = (typeof ERROR_CATALOGUE)[ErrorCode]["status"];

/** Reason phrases of RFC 9110 and RFC 6585; a runtime's own list changes with its version. */
const REASON_PHRASES: Readonly<Record<Status, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

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
    Object.entries(ERROR_CATALOGUE) as [ErrorCode, { status: Status; title: string }][],
    ([, { status }]) => status,
  );
  return [...groups]
    .toSorted(([one], [other]) => one - other)
    .map(([status, entries]) => ({
      heading: `${status} ${REASON_PHRASES[status]}`,
      status,
      items: entries.map(([code, { title }]) => ({ code, title, ...ERROR_GUIDE[code] })),
    }));
}
