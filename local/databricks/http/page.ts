// Paging as Databricks does it: `page_size`, `page_token`, newest first, an absent next token on the last page.

import { invalidParameter, Refused } from "../refusals.ts";

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;

/** `idOf` must sort like creation; items deleted between two pages disturb nothing. */
export function pageNewestFirst<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  query: URLSearchParams,
): PageOf<T> {
  const before = readToken(query.get("page_token"));
  const rest = items
    .filter((item) => before === undefined || idOf(item) < before)
    .sort((one, other) => (idOf(one) < idOf(other) ? 1 : -1));
  const page = rest.slice(0, readSize(query.get("page_size")));
  const last = page.at(-1);
  const more = page.length < rest.length && last !== undefined;
  return { items: page, nextPageToken: more ? writeToken(idOf(last)) : undefined };
}

function readSize(text: string | null): number {
  if (text === null || text === "" || text === "0") return DEFAULT_SIZE;
  if (!/^\d{1,6}$/.test(text)) throw new Refused(invalidParameter("page_size must be a number."));
  return Math.min(Number(text), MAX_SIZE);
}

function writeToken(id: string): string {
  return Buffer.from(`before:${id}`).toString("base64url");
}

function readToken(token: string | null): string | undefined {
  if (token === null || token === "") return undefined;
  const [, id] = /^before:(.+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (id === undefined) throw new Refused(invalidParameter("Invalid page token."));
  return id;
}
