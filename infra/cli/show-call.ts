// A call as a person reads it: a line for a POSIX shell, and what goes to standard input below it. Never a secret.

import type { Call } from "./call.ts";

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Double quotes around single ones: most of what needs quoting are addresses with ids in single quotes. */
function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  if (word.includes("'") && !/["`\\!]/.test(word)) return `"${word.replaceAll("$", "\\$")}"`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Lines without indentation. */
export function showCall({ program, args, environment = {}, input }: Call): string[] {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
  const line = `$ ${[...settings, program, ...args.map(quoted)].join(" ")}`;
  if (input === undefined) return [line];
  if (input.kind === "secret") return [line, `  standard input: ${input.shownAs}`];
  const [first = "", ...rest] = JSON.stringify(input.value, null, 2).split("\n");
  return [line, `  standard input: ${first}`, ...rest.map((text) => `  ${text}`)];
}
