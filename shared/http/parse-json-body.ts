// Bytes → JSON value. Strict UTF-8: a body in UTF-16 or Latin-1 is told so, not misread.

import type { FieldFault } from "../errors/app-error.ts";

export type ParsedJson = { readonly value: unknown } | { readonly fault: FieldFault };

// A byte order mark in front is dropped: .NET and PowerShell write one, and RFC 8259 §8.1 lets us ignore it.
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Never throws: what is wrong comes back as a fault of the whole body (pointer ""). */
export function parseJsonBody(bytes: Uint8Array): ParsedJson {
  if (bytes.byteLength === 0) return wrong("a JSON body is required");
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return wrong("must be UTF-8");
  }
  try {
    // Depth is no danger: V8 parses without recursion, and the schemas look at the top level only.
    return { value: JSON.parse(text) };
  } catch {
    return wrong("must be JSON");
  }
}

function wrong(detail: string): ParsedJson {
  return { fault: { pointer: "", detail } };
}
