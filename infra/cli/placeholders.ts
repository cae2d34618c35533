// What a dry run does not know yet: an option that was not given, an id that a call will answer. Each has a name in
// angle brackets and one line that says where the value comes from; a dry run ends with the list of them.

const MEANINGS = new Map<string, string>();

/** `<name>`, from now on explained. */
export function placeholder(name: string, meaning: string): string {
  MEANINGS.set(name, meaning);
  return `<${name}>`;
}

/** The explanations of the placeholders in these lines, in the order of their first use. */
export function explain(lines: readonly string[]): string[] {
  const names = lines.join("\n").matchAll(/<([A-Za-z][^<>\n]*)>/g);
  return [...new Set([...names].map(([, name = ""]) => name))].map(
    (name) => `<${name}>: ${MEANINGS.get(name) ?? "not explained"}`,
  );
}
