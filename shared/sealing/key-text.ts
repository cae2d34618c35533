// A key as it stands in a vault or a setting: base64 of 32 bytes, `whsec_` allowed in front (design §2).

const FORM = /^(?:whsec_)?([A-Za-z0-9+/]{43}=)$/;

/** The 32 bytes; undefined when the text is no such key. Blanks around it are a copy-and-paste accident. */
export function parseKeyText(text: string): Buffer | undefined {
  const base64 = FORM.exec(text.trim())?.[1];
  if (base64 === undefined) return undefined;
  const bytes = Buffer.from(base64, "base64");
  // Node ignores left-over bits in the last character; a key has one spelling only.
  return bytes.toString("base64") === base64 ? bytes : undefined;
}
