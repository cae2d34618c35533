// The opaque `page_token` of lists: Databricks' own token, or our offset, together with the list it belongs to, so
// that a token of one list is not taken for a place in another. Nothing secret is in it, and it grants nothing.

import { AppError } from "../errors/app-error.ts";

/** @param list what is listed, for example `conversations sales` or `messages 01f1…` */
export function writeListToken(list: string, token: string): string {
  return Buffer.from(JSON.stringify([list, token])).toString("base64url");
}

/**
 * The token inside; undefined without a token (the first page).
 * @throws AppError `invalid_request` naming `page_token` for a token that we did not write for this list.
 */
export function readListToken(list: string, token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const inner = innerToken(list, token);
  // Buffer skips what is not base64url: only a token that is written the same again is one of ours.
  if (inner !== undefined && writeListToken(list, inner) === token) return inner;
  const detail = "Use the next_page_token of the page before, unchanged, or leave it out.";
  throw new AppError({
    code: "invalid_request",
    detail: "The page token is not one of this list.",
    errors: [{ parameter: "page_token", detail }],
  });
}

function innerToken(list: string, token: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (!Array.isArray(parsed) || parsed.length !== 2 || parsed[0] !== list) return undefined;
    return typeof parsed[1] === "string" ? parsed[1] : undefined;
  } catch {
    return undefined;
  }
}
