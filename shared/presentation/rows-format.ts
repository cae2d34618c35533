// Which of our forms of rows a caller wants: `format` says it, or else the `Accept` header (RFC 9110 §12.5.1).

import Negotiator from "negotiator";

export type RowsFormat = "json" | "csv" | "ndjson";

const MEDIA_TYPES = { json: "application/json", csv: "text/csv", ndjson: "application/x-ndjson" };
const FORMATS: readonly RowsFormat[] = ["json", "csv", "ndjson"];

/** JSON where nothing is said, and where only what we do not have is accepted. */
export function chooseRowsFormat(
  format: RowsFormat | undefined,
  accept: string | null,
): RowsFormat {
  if (format !== undefined) return format;
  if (accept === null) return "json";
  const types = FORMATS.map((each) => MEDIA_TYPES[each]);
  const best = new Negotiator({ headers: { accept: withoutParameters(accept) } }).mediaType(types);
  return FORMATS.find((each) => MEDIA_TYPES[each] === best) ?? "json";
}

/** `text/csv; charset=utf-8` wants what we have: of all parameters only the weight counts here. */
function withoutParameters(accept: string): string {
  return accept.replaceAll(/;(?!\s*q\s*=)[^;,]*/gi, "");
}
