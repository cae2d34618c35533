// The configured spaces: alias → space id, from `GENIE__SPACES` joined with `GENIE__SPACE_ID` (design §2).
// Callers only ever see aliases; the ids stay inside.

import type { RawSettings } from "./raw-settings.ts";
import type { ReportFault } from "./setting-schema.ts";

const ALIAS = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Real ids are 32 hexadecimal characters; any id that is safe in a path is taken. */
const SPACE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const ID_RULE = "must be a space id: letters, digits, hyphens and underscores";

/** A Map, so that an alias such as `constructor` is just a name. */
export function readSpaces(
  raw: RawSettings,
  report: ReportFault,
): ReadonlyMap<string, string> | undefined {
  const listed = readList(raw.GENIE__SPACES, report);
  const single = raw.GENIE__SPACE_ID;
  if (single !== undefined && !SPACE_ID.test(single)) report("GENIE__SPACE_ID", ID_RULE);
  if (listed === undefined) return undefined;
  const spaces = new Map(listed);
  if (single !== undefined) {
    if ((spaces.get("default") ?? single) !== single) {
      report("GENIE__SPACES", "and GENIE__SPACE_ID give two different ids for the alias default");
    }
    spaces.set("default", single);
  }
  if (spaces.size === 0)
    report("GENIE__SPACE_ID", "or GENIE__SPACES is required: at least one space");
  return spaces;
}

function readList(
  text: string | undefined,
  report: ReportFault,
): readonly (readonly [string, string])[] | undefined {
  if (text === undefined) return [];
  const entries = objectEntries(text);
  if (entries === undefined) {
    report("GENIE__SPACES", "must be a JSON object of alias and space id");
    return undefined;
  }
  const valid: [string, string][] = [];
  for (const [alias, id] of entries) {
    if (!ALIAS.test(alias)) {
      report("GENIE__SPACES", "has an alias that is not lower-case letters, digits and hyphens");
    } else if (typeof id !== "string" || !SPACE_ID.test(id)) {
      report("GENIE__SPACES", `${ID_RULE}, for every alias`);
    } else {
      valid.push([alias, id]);
    }
  }
  return valid;
}

function objectEntries(text: string): [string, unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}
