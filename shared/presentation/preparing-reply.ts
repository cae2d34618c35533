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

/** The query as it was understood: with what holds where nothing was said. */
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What holds anyway is left out: the address stays the one that was asked for. */
const STANDARD: Query = { page_size: 1_000, full: false, bom: false };

export function toPreparingReply({ ticket }: Preparing, { baseUrl, path }: Asked, asked: Query) {
  const query = new URLSearchParams();
  const { download: _before, ...rest } = asked;
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== STANDARD[name]) query.set(name, String(value));
  }
  if (ticket !== null) query.set("download", ticket);
  const self = `${baseUrl}${path}${query.size === 0 ? "" : `?${query}`}`;
  const body: PreparingBody = { status: "running", retry_after_s: RETRY_AFTER_S, links: { self } };
  return {
    status: 202,
    headers: { Location: self, "Retry-After": String(RETRY_AFTER_S) },
    body,
  };
}
