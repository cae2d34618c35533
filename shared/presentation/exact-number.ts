// Which number texts JSON can carry without changing their value or growing an exponent.
// Pure text arithmetic; it never rounds.

/** Consumers read JSON numbers as doubles: 15 significant digits always survive that (IEEE 754). */
const MAX_SIGNIFICANT_DIGITS = 15;
const MAX_INTEGER = 2n ** 53n;
/** Longer than any number of Databricks (DECIMAL has 38 digits): keeps the work per cell bounded. */
const MAX_LENGTH = 400;
const INTEGER = /^[+-]?\d+$/;
/** An exponent of three digits covers every double; a longer one would only make long work. */
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** value = (−1)^negative × digits × 10^exponent; digits without leading or trailing zeros, "" for zero. */
interface Scientific {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function parseNumber(text: string): Scientific | undefined {
  const match = text.length <= MAX_LENGTH ? NUMBER.exec(text) : null;
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole + fraction === "") return undefined;
  const significant = (whole + fraction).replace(/^0+/, "");
  const digits = significant.replace(/0+$/, "");
  if (digits === "") return { negative: false, digits: "", exponent: 0 };
  const shift = significant.length - digits.length - fraction.length;
  return { negative: sign === "-", digits, exponent: Number(exponent) + shift };
}

function sameValue(a: Scientific | undefined, b: Scientific | undefined): boolean {
  if (!a || !b) return false;
  return a.negative === b.negative && a.digits === b.digits && a.exponent === b.exponent;
}

/** The number of an integer text up to 2^53 either way; undefined beyond it, or when it is none. */
export function safeInteger(text: string): number | undefined {
  if (text.length > MAX_LENGTH || !INTEGER.test(text)) return undefined;
  const value = BigInt(text.replace("+", ""));
  return value <= MAX_INTEGER && value >= -MAX_INTEGER ? Number(value) : undefined;
}

/** True for whatever text Databricks gives a number, NaN and the infinities included. */
export function isNumberText(text: string): boolean {
  return parseNumber(text) !== undefined || text === "NaN" || /^-?Infinity$/.test(text);
}

/** True for the text of a finite double, for example `1.6777216E7`; not for one so small that it would become 0. */
export function isFloatText(text: string): boolean {
  const parsed = parseNumber(text);
  if (!parsed || !Number.isFinite(Number(text))) return false;
  return parsed.digits === "" || Number(text) !== 0;
}

/** The number of a decimal text, if its value has at most 15 significant digits and JSON writes it without exponent. */
export function exactNumber(text: string): number | undefined {
  const parsed = parseNumber(text);
  if (!parsed || parsed.digits.length > MAX_SIGNIFICANT_DIGITS) return undefined;
  if (parsed.digits === "") return 0;
  const value = Number(text);
  const written = String(value);
  // Beyond a double's range the text would become Infinity or 0.
  return written.includes("e") || !sameValue(parsed, parseNumber(written)) ? undefined : value;
}

/** True when reading the text as a double and printing it again tells the very same value. */
export function survivesAsDouble(text: string): boolean {
  if (INTEGER.test(text)) return safeInteger(text) !== undefined;
  return sameValue(parseNumber(text), parseNumber(String(Number(text))));
}

/** A decimal text without exponent; the text itself if it has none; undefined when it is no number. */
export function plainDecimal(text: string): string | undefined {
  const parsed = parseNumber(text);
  if (!parsed) return undefined;
  if (!/[eE]/.test(text)) return text;
  const { negative, digits, exponent } = parsed;
  const sign = negative ? "-" : "";
  if (exponent >= 0) return `${sign}${digits}${"0".repeat(exponent)}`;
  const padded = digits.padStart(1 - exponent, "0");
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
