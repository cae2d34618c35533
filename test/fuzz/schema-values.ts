// Values made from the schemas of the document's requests: good ones with their boundaries, and faulty ones that break
// exactly one schema. It knows the keywords that requests use; another one is an error, so that none goes untried.

import fc from "fast-check";
import type { Place } from "../support/openapi/document.ts";
import type { FaultsOf } from "../support/openapi/validators.ts";

type Values = fc.Arbitrary<unknown>;

/** `format: uri` in words that are URLs of many forms; whether a host may be called is another matter. */
const URIS = [
  "https://example.com/",
  "https://example.com:8443/x?y=z#f",
  `https://user${":"}word@example.com/`, // in two pieces: the secret scan takes the whole for a credential
  "https://127.0.0.1/",
  "https://[::1]/",
  "https://169.254.169.254/metadata/identity",
  "https://xn--bcher-kva.example/%F0%9F%92%A9",
  "https://logic.azure.com.example.com/",
];
const KNOWN = ["type", "description", "examples", "default", "enum", "pattern", "format"];
const KNOWN_BOUNDS = ["minLength", "maxLength", "minimum", "maximum"];

/** @throws Error for a schema that this file cannot make values of */
export function goodValues({ value: schema, pointer }: Place): Values {
  const unknown = Object.keys(schema).filter((key) => ![...KNOWN, ...KNOWN_BOUNDS].includes(key));
  if (unknown.length > 0) throw new Error(`${pointer} has keywords not known here: ${unknown}`);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type))
    return fc.oneof(
      ...schema.type.map((type) => goodValues({ pointer, value: { ...schema, type } })),
    );
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "integer") return integers(schema);
  if (schema.type === "string") return strings(schema);
  throw new Error(`${pointer} has a type not known here`);
}

function integers({ minimum, maximum }: Place["value"]): Values {
  const min = Number(minimum ?? 0);
  const max = Number(maximum ?? 10_000);
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

function strings({ pattern, format, minLength, maxLength, examples }: Place["value"]): Values {
  const told = Array.isArray(examples) ? [fc.constantFrom(...examples)] : [];
  const form = new RegExp(typeof pattern === "string" ? pattern : "", "u");
  if (format === "uri") return fc.constantFrom(...URIS.filter((each) => form.test(each)));
  if (typeof pattern === "string")
    return fc.oneof(...told, fc.stringMatching(new RegExp(pattern, "u")));
  const [least, most] = [Number(minLength ?? 0), Number(maxLength ?? 300)];
  const between = { minLength: least, maxLength: Math.min(most, least + 300) };
  const boundaries = [least, most].filter((length) => length > 0);
  return fc.oneof(
    ...told,
    fc.string({ unit: "grapheme", ...between }),
    fc.string({ unit: "binary", ...between }),
    ...boundaries.map((length) => fc.constant("q".repeat(length))),
  );
}

const OTHER_TYPES: readonly unknown[] = [
  1,
  -1,
  1.5,
  true,
  false,
  "",
  "text",
  [],
  ["x"],
  {},
  { a: 1 },
];
const ODD_TEXTS = ["", " ", "\u0000", "x\n", "é", "💩", "../..", "%", "null", "A".repeat(9_000)];
const ODD_NUMBERS = ["-1", "+1", "1.5", "1e3", "0x10", " 1", "1 ", "١", "", "NaN", "999999999999"];

/** JSON values that break this schema. */
export function faultyValues(place: Place, faultsOf: FaultsOf): Values {
  const { type, maximum, minimum, maxLength } = place.value;
  const beyond = [
    ...(maximum === undefined ? [] : [Number(maximum) + 1]),
    ...(minimum === undefined ? [] : [Number(minimum) - 1]),
    ...(maxLength === undefined ? [] : ["q".repeat(Number(maxLength) + 1)]),
  ];
  const candidates = [
    ...OTHER_TYPES,
    ...beyond,
    ...(String(type).startsWith("string") ? ODD_TEXTS : []),
  ];
  const faulty = candidates.filter((value) => faultsOf(place, value).length > 0);
  return fc.oneof(fc.constantFrom(...faulty), ...spoilt(place, faultsOf));
}

/** Texts of a URL or a header that break this schema; undefined where every text is good. */
export function faultyTexts(place: Place, faultsOf: FaultsOf): fc.Arbitrary<string> | undefined {
  const { maximum, minimum, type, maxLength } = place.value;
  const beyond = [
    ...(maximum === undefined ? [] : [String(Number(maximum) + 1)]),
    ...(minimum === undefined ? [] : [String(Number(minimum) - 1)]),
    ...(maxLength === undefined ? [] : ["q".repeat(Number(maxLength) + 1)]),
  ];
  const odd = type === "integer" ? ODD_NUMBERS : ODD_TEXTS;
  const faulty = [...odd, ...beyond].filter((text) => !isGoodText(place, text, faultsOf));
  if (faulty.length === 0) return undefined;
  return fc.oneof(
    fc.constantFrom(...faulty),
    ...spoilt(place, faultsOf).map((each) => each.map(String)),
  );
}

/** The text of a parameter as the value that its schema speaks of. */
function valueOfText({ value: { type } }: Place, text: string): unknown {
  if (type === "integer") return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === "boolean") return text === "true" || text === "false" ? text === "true" : text;
  return text;
}

export function isGoodText(place: Place, text: string, faultsOf: FaultsOf): boolean {
  return faultsOf(place, valueOfText(place, text)).length === 0;
}

/** Good texts with one character too many or changed; none where the schema does not say how a text ends. */
function spoilt(place: Place, faultsOf: FaultsOf): fc.Arbitrary<string>[] {
  const { type, pattern, enum: words } = place.value;
  const isWhole = words !== undefined || String(pattern).endsWith("$");
  if (!String(type).startsWith("string") || !isWhole) return [];
  const texts = goodValues(place).filter((text) => typeof text === "string");
  const ends = fc.constantFrom(" ", "\u0000", "é", "\n", "?");
  const longer = fc.tuple(texts, ends).map(([text, end]) => `${text}${end}`);
  const upper = texts.map((text) => text.toUpperCase());
  return [fc.oneof(longer, upper).filter((text) => faultsOf(place, text).length > 0)];
}
