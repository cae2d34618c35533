// Cuts a question into words, numbers, quoted texts and comparison signs. Everything else (control characters,
// punctuation, emoji) disappears here, so that nothing after it meets a hostile character.

export interface Token {
  /** As typed. */
  readonly raw: string;
  /** Folded for matching: lower case, no accents, one form for singular and plural. */
  readonly stem: string;
  readonly kind: "word" | "number" | "quoted" | "sign";
}

const MOST_TOKENS = 120;
const PATTERN =
  /["“]([^"“”]{1,100})["”]|((?<![\p{L}\p{N}])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}]))|([\p{L}\p{N}][\p{L}\p{M}\p{N}]*)(?:['’]s(?![\p{L}\p{N}]))?|(>=|<=|!=|[<>=≥≤])/gu;

/** The tokens of a question, or null when it is too long to be one. */
export function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  for (const match of text.normalize("NFKC").matchAll(PATTERN)) {
    if (tokens.length === MOST_TOKENS) return null;
    tokens.push(toToken(match));
  }
  return tokens;
}

function toToken([, quoted, number, word, sign = ""]: RegExpMatchArray): Token {
  if (quoted !== undefined) return { kind: "quoted", raw: quoted, stem: "" };
  if (number !== undefined)
    return { kind: "number", raw: number, stem: number.replaceAll(",", "") };
  if (word !== undefined) return { kind: "word", raw: word, stem: stemOf(word) };
  return { kind: "sign", raw: sign, stem: sign };
}

/** The key under which a phrase of the vocabulary or a value of the data is found. */
export function phraseKey(phrase: string): string {
  return (tokenize(phrase) ?? []).map((token) => token.stem || token.raw).join(" ");
}

// "movies", "movie" → "movi"; "cities", "city" → "citi". Only equality matters, so it may be crude.
function stemOf(word: string): string {
  const folded = word.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
  if (folded.length < 4) return folded.replace(/y$/, "i");
  return folded.replace(/(?:ies|ie|y|ys)$/, "i").replace(/([^su])s$/, "$1");
}
