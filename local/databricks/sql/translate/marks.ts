// Question → marks: the longest known phrases in order, each with everything it can mean, and the words that
// nobody declared. Nothing is decided about tables here.

import { GRAMMAR, type GrammarWord } from "./grammar.ts";
import type { Lexicon, Meaning } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

export type Mark =
  | { readonly kind: "grammar"; readonly word: GrammarWord; readonly text: string }
  | { readonly kind: "term"; readonly meanings: readonly Meaning[]; readonly text: string }
  | { readonly kind: "number"; readonly value: number; readonly text: string }
  /** "1990s" */
  | { readonly kind: "decade"; readonly from: number; readonly text: string }
  | { readonly kind: "unknown"; readonly text: string };

const LONGEST_PHRASE = 6;

/** Reads the tokens from left to right, the longest phrase first. */
export function markTokens(tokens: readonly Token[], lexicon: Lexicon): Mark[] {
  const shouting = tokens.every((token) => token.raw === token.raw.toUpperCase());
  const marks: Mark[] = [];
  for (let at = 0; at < tokens.length; ) {
    const { mark, length } = markAt({ tokens, at, lexicon, shouting, before: marks.at(-1) });
    marks.push(mark);
    at += length;
  }
  return marks;
}

interface Place {
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly lexicon: Lexicon;
  /** All capitals: then a capital letter tells nothing about names. */
  readonly shouting: boolean;
  readonly before: Mark | undefined;
}

function markAt(place: Place): { mark: Mark; length: number } {
  const first = place.tokens[place.at];
  if (first === undefined || first.kind !== "word")
    return { mark: markOther(first, place), length: 1 };
  const longest = Math.min(LONGEST_PHRASE, place.tokens.length - place.at);
  for (let length = longest; length > 0; length--) {
    const phrase = place.tokens.slice(place.at, place.at + length);
    const mark = markPhrase(phrase, place);
    if (mark !== undefined) return { mark, length };
  }
  return { mark: { kind: "unknown", text: first.raw }, length: 1 };
}

function markOther(token: Token | undefined, { lexicon }: Place): Mark {
  const text = token?.raw ?? "";
  if (token?.kind === "quoted") {
    const meanings = lexicon.findTitle(text);
    return meanings.length > 0 ? { kind: "term", meanings, text } : { kind: "unknown", text };
  }
  const word = GRAMMAR.get(token?.stem ?? "");
  if (word !== undefined) return { kind: "grammar", word, text };
  const value = Number(token?.stem);
  // Beyond this no column has values, and the digits would no longer be exact.
  return Math.abs(value) < 1e15 ? { kind: "number", value, text } : { kind: "unknown", text };
}

function markPhrase(phrase: readonly Token[], place: Place): Mark | undefined {
  const key = phrase.map((token) => token.stem).join(" ");
  const text = phrase.map((token) => token.raw).join(" ");
  const decade = /^((?:19|20)\d0)s$/.exec(text);
  if (decade !== null) return { kind: "decade", from: Number(decade[1]), text };
  const word = GRAMMAR.get(key);
  if (word !== undefined)
    return { kind: "grammar", word: isOnlyAWord(text, place) ? FILLER : word, text };
  const meanings = place.lexicon.lookUp(key).filter((meaning) => isMeant(meaning, text, place));
  return meanings.length > 0 ? { kind: "term", meanings, text } : undefined;
}

const FILLER: GrammarWord = { does: "filler" };

/** "may" and "march" are months only where a name can stand. */
function isOnlyAWord(text: string, place: Place): boolean {
  return /^(?:may|march)$/i.test(text) && !looksLikeName(text, place);
}

/** Thousands of towns are called like everyday words, and states like "in" and "me": those need a sign of a name. */
function isMeant(meaning: Meaning, text: string, place: Place): boolean {
  if (meaning.is !== "value" || meaning.spoken || !isPlaceOrCode(meaning)) return true;
  if (text.length > 3) return looksLikeName(text, place);
  const isCode = text === text.toUpperCase() && !place.shouting;
  if (text.length < 3) return isCode && afterPreposition(place);
  return isCode || afterPreposition(place);
}

function isPlaceOrCode({ table }: Meaning): boolean {
  return table.name === "flights" || table.name === "airports";
}

function looksLikeName(text: string, place: Place): boolean {
  return (/^\p{Lu}/u.test(text) && !place.shouting && place.at > 0) || afterPreposition(place);
}

function afterPreposition({ before }: Place): boolean {
  if (before?.kind === "term") return before.meanings.some((meaning) => meaning.is === "value");
  return before?.kind === "grammar" && /^(?:place|and|not)$/.test(before.word.does);
}
