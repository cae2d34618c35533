// The ids a path can hold: their right form, and the 404 that a wrong form gives (design §3.1 "Ids").
// An id of the wrong form is never sent to Databricks and never read from the store.

import type { ErrorCode } from "../errors/error-catalogue.ts";

export interface PathParameterRule {
  readonly pattern: RegExp;
  /** Absent where any text has the right form: then the use case answers what it does not know. */
  readonly code?: ErrorCode;
  /** Goes with `code`. Says it to the caller without repeating what was sent. */
  readonly detail?: string;
  /** Hexadecimal ids are one id in any case: compared and sent in the lower case that Databricks gives them. */
  readonly isHexadecimal?: true;
}

/** Design §2: what callers see instead of a space id. */
export const SPACE_ALIAS = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Ids of conversations, messages and attachments (genie-api.md §11.2). */
export const GENIE_ID = /^[0-9a-f]{32}$/i;
export const OPERATION_ID = /^[A-Za-z0-9_-]{22,64}$/;

/** Every parameter that a route template of this project may declare. */
const PATH_PARAMETER_RULES = {
  space: { pattern: SPACE_ALIAS, code: "space_not_found", detail: "There is no such space." },
  conversation_id: {
    pattern: GENIE_ID,
    code: "conversation_not_found",
    detail: "There is no such conversation.",
    isHexadecimal: true,
  },
  message_id: {
    pattern: GENIE_ID,
    code: "message_not_found",
    detail: "There is no such message.",
    isHexadecimal: true,
  },
  attachment_id: {
    pattern: GENIE_ID,
    code: "attachment_not_found",
    detail: "There is no such attachment.",
    isHexadecimal: true,
  },
  operation_id: {
    pattern: OPERATION_ID,
    code: "operation_not_found",
    detail: "There is no such operation.",
  },
  // Looked up in a list of ours as it is, and used for nothing else.
  file: { pattern: /(?:)/ },
} as const satisfies Record<string, PathParameterRule>;

type ParameterName = keyof typeof PATH_PARAMETER_RULES;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** `"a/{space}"` → `{ space: string }`; a name without a rule does not compile into a usable key. */
export type PathParameters<Path extends string> = {
  readonly [Name in NamesIn<Path> & ParameterName]: string;
};

/** The parameter names a route template declares, in their order. */
export function pathParameterNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
}

/** The rule of one declared parameter; undefined for a name this project does not know. */
export function pathParameterRule(name: string): PathParameterRule | undefined {
  return new Map<string, PathParameterRule>(Object.entries(PATH_PARAMETER_RULES)).get(name);
}
