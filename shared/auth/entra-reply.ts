// What is read from an error reply of Entra's token endpoint: few fields, each checked, no text.
// `error_description` holds user names and ids; it is not read at all.

import { parseJsonObject } from "./json-object.ts";

export interface EntraRefusal {
  readonly status: number;
  /** OAuth error, for example `invalid_grant`; "" when missing. */
  readonly error: string;
  readonly suberror: string;
  /** AADSTS numbers. */
  readonly codes: readonly number[];
  /** Claims challenge (JSON text) to hand to the client as it is. */
  readonly claims?: string;
}

const WORD = /^[a-z_]{1,64}$/;
const MAX_CODES = 10;
/** It travels in a `WWW-Authenticate` header, and header blocks are limited to 16 KB. */
const MAX_CLAIMS_CHARS = 4_096;

/** @returns undefined when the body is no OAuth error (an HTML page of a proxy, say) */
export function readEntraRefusal(status: number, text: string): EntraRefusal | undefined {
  const body = parseJsonObject(text);
  if (body === undefined || typeof body.error !== "string") return undefined;
  const claims = readClaims(body.claims);
  return {
    status,
    error: readWord(body.error),
    suberror: readWord(body.suberror),
    codes: readCodes(body.error_codes),
    ...(claims === undefined ? {} : { claims }),
  };
}

const readWord = (value: unknown): string =>
  typeof value === "string" && WORD.test(value) ? value : "";

function readCodes(value: unknown): number[] {
  const codes: unknown[] = Array.isArray(value) ? value.slice(0, MAX_CODES) : [];
  return codes.filter((code) => typeof code === "number");
}

function readClaims(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > MAX_CLAIMS_CHARS) return undefined;
  return parseJsonObject(value) === undefined ? undefined : value;
}
