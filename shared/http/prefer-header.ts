// The `Prefer` header of RFC 7240, as far as this API knows it: `wait` and `respond-async`.
// Whatever is unknown or malformed is ignored, as §2 of the RFC asks; nothing here can fail.

export interface Preferences {
  readonly respondAsync: boolean;
  readonly waitSeconds: number | undefined;
}

/** Reads a header value; null and any text whatever are fine. */
export function readPreferences(header: string | null): Preferences {
  const values = new Map<string, string>();
  for (const preference of splitOutsideQuotes(header ?? "", ",")) {
    // What follows a semicolon are parameters of the preference; we know none.
    const [nameAndValue = ""] = splitOutsideQuotes(preference, ";");
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(nameAndValue) ?? [];
    const key = name.trim().toLowerCase();
    // "only the first instance is to be considered" (RFC 7240 §2), also when a later one reads better.
    if (key !== "" && !values.has(key)) values.set(key, unquote(value.trim()));
  }
  const wait = values.get("wait") ?? "";
  return {
    // An empty value equals no value; any other makes it a preference we do not know.
    respondAsync: values.get("respond-async") === "",
    waitSeconds: /^\d+$/.test(wait) ? Number(wait) : undefined,
  };
}

/** A value may be a token or a quoted string: `wait=10` and `wait="10"` say the same. */
function unquote(value: string): string {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1)
    : value;
}

/** One pass over the text, so that no header can make it slow. An open quote runs to the end. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === "\\") index++;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
