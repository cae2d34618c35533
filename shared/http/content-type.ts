// Says whether a body claims to be plain JSON (design §3.1 "Body"). Looks at headers only.

import { AppError } from "../errors/app-error.ts";

// type/subtype, then parameters such as charset: JSON is UTF-8 whatever they say (RFC 8259 §8.1).
const JSON_TYPE = /^[ \t]*application\/(?:[\w!#$&^.+-]+\+)?json[ \t]*(?:;|$)/i;

/** @throws AppError `unsupported_media_type` */
export function expectJson(headers: Headers): void {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase();
  // A compressed body could unfold beyond any bound; nobody needs one for a question.
  const isEncoded = encoding !== undefined && encoding !== "" && encoding !== "identity";
  if (!isEncoded && JSON_TYPE.test(headers.get("content-type") ?? "")) return;
  throw new AppError({
    code: "unsupported_media_type",
    detail: isEncoded
      ? "The body must not be compressed (Content-Encoding)."
      : "The Content-Type of the body must be application/json.",
  });
}
