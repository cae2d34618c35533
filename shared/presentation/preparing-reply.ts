// 202 while Databricks prepares rows (design §3.6): where to ask again, and when. The address is the one that was asked
// for, with what leads back to the same preparation.

import type { PreparingBody } from "../contracts/reading.ts";
import type { Preparing } from "../operations/preparation.ts";

/** A download takes seconds to minutes; engines that wait longer would only find it later. */
const RETRY_AFTER_S = 2;

interface Asked {
  readonly baseUrl: string;
  readonly path: string;
}

/** What the caller may have said in its query. */
type Given = Readonly<Record<string, string | number | boolean | undefined>>;

export function toPreparingReply({ sealed }: Preparing, { baseUrl, path }: Asked, given: Given) {
  const query = new URLSearchParams();
  const { download: _before, ...rest } = given;
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== false) query.set(name, String(value));
  }
  if (sealed !== null) query.set("download", sealed);
  const self = `${baseUrl}${path}${query.size === 0 ? "" : `?${query}`}`;
  const body: PreparingBody = { status: "running", retry_after_s: RETRY_AFTER_S, links: { self } };
  return {
    status: 202,
    headers: { Location: self, "Retry-After": String(RETRY_AFTER_S) },
    body,
  };
}
