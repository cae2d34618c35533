// Whether bytes are a list of rows and nothing else, and how many, without making a string of any cell. Strict: what
// it does not take at a glance is left to JSON.parse, which is slower and knows everything.

const [QUOTE, BACKSLASH, OPEN, CLOSE, COMMA, BLANK] = [0x22, 0x5c, 0x5b, 0x5d, 0x2c, 0x20];
const LETTER_U = 0x75;
const HEX = /^[\da-f]{4}$/i;
const NULL = [..."null"].map((letter) => letter.charCodeAt(0));
const SIMPLE_ESCAPES: ReadonlySet<number | undefined> = new Set(
  [...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)),
);

/** The number of rows in `[["a",null],["b","c"]]`; undefined for anything that is not plainly that. */
export function countRows(json: Uint8Array, width: number): number | undefined {
  let count = 0;
  let at = 1;
  for (; json[at] === OPEN; at += 1) {
    at = behindRow(json, at + 1, width);
    count += 1;
    if (json[at] !== COMMA) break;
  }
  const isList = json[0] === OPEN && json[at] === CLOSE && at === json.length - 1;
  return isList && count > 0 ? count : undefined;
}

/** Index behind the bracket that closes the row; beyond all bytes when it is no row. */
function behindRow(json: Uint8Array, start: number, width: number): number {
  let at = start;
  for (let column = 0; column < width; column += 1) {
    if (column > 0 && json[at++] !== COMMA) return json.length;
    at = json[at] === QUOTE ? behindText(json, at + 1) : behindNull(json, at);
  }
  return json[at] === CLOSE ? at + 1 : json.length;
}

function behindText(json: Uint8Array, start: number): number {
  let at = start;
  for (; json[at] !== QUOTE; at += 1) {
    // A control character is not allowed inside of a text (RFC 8259 §7), and `undefined` is the end.
    if (!((json[at] ?? 0) >= BLANK)) return json.length;
    if (json[at] === BACKSLASH && !isEscape(json, ++at)) return json.length;
  }
  return at + 1;
}

function isEscape(json: Uint8Array, at: number): boolean {
  if (json[at] !== LETTER_U) return SIMPLE_ESCAPES.has(json[at]);
  return HEX.test(String.fromCharCode(...json.subarray(at + 1, at + 5)));
}

function behindNull(json: Uint8Array, start: number): number {
  return NULL.every((letter, index) => json[start + index] === letter)
    ? start + NULL.length
    : json.length;
}
