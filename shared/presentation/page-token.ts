// The opaque `page_token` of result pages: where the next page starts, and in which run of the SQL, so that pages
// of two runs are never mixed. Nothing secret is in it, and nothing in it grants anything.

import { AppError } from "../errors/app-error.ts";
import type { ResultPosition } from "../operations/read-results.ts";

const MAX_TOKEN_LENGTH = 200;
const TOKEN_TEXT = /^([1-9]\d{0,11}):([\w-]{1,64})$/;

export function writePageToken({ offset, statementId }: ResultPosition): string {
  return Buffer.from(`${offset}:${statementId}`).toString("base64url");
}

/**
 * Where the page of this token starts; undefined without a token (the first page).
 *
 * @throws AppError `invalid_request` naming `page_token` for a token that we did not write.
 */
export function readPageToken(token: string | undefined): ResultPosition | undefined {
  if (token === undefined) return undefined;
  const text = token.length > MAX_TOKEN_LENGTH ? "" : Buffer.from(token, "base64url").toString();
  const [, offset, statementId] = TOKEN_TEXT.exec(text) ?? [];
  if (offset === undefined || statementId === undefined) throw badPageToken();
  const position = { offset: Number(offset), statementId };
  // Buffer skips what is not base64url: only a token that is written the same again is one of ours.
  if (writePageToken(position) !== token) throw badPageToken();
  return position;
}

function badPageToken(): AppError {
  const detail = "Use the next_page_token of the page before, unchanged, or leave it out.";
  return new AppError({
    code: "invalid_request",
    detail: "The page token is not one of ours.",
    errors: [{ parameter: "page_token", detail }],
  });
}
