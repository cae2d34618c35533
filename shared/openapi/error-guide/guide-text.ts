// Reads the two marks of the guide's texts, `code` and [words](target), into parts that each page renders in its own
// way (pure). Anything else is plain text; it never yields HTML.

export type TextPart =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly target: string };

const MARK = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** The parts of one text, in order; their marks are gone. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push(markedPart(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

function markedPart([, code, words = "", target = ""]: RegExpMatchArray): TextPart {
  return code === undefined ? { kind: "link", text: words, target } : { kind: "code", text: code };
}
