// What a dry run does not know yet: an option that was not given, an id that a call will answer. Each has a name in
// angle brackets; a dry run ends with the list of them, each with the option or the numbered step that it comes from.

const MEANINGS = new Map<string, string>();

/** `<name>`, from now on explained. @param meaning begins with the option (`--vault: …`) where one gives the value */
export function placeholder(name: string, meaning: string): string {
  MEANINGS.set(name, meaning);
  return `<${name}>`;
}

/** What a dry run came by, in order. */
export interface Trace {
  readonly text: string;
  /** False: the supposed reply of a call. */
  readonly isPrinted: boolean;
}

/** The explanations of the printed placeholders, in the order of their first use. */
export function explain(traces: readonly Trace[]): string[] {
  const steps = stepsOf(traces);
  const printed = traces.filter(({ isPrinted }) => isPrinted).flatMap(({ text }) => namesIn(text));
  return [...new Set(printed)].map((name) => `<${name}>: ${sourceOf(name, steps.get(name))}`);
}

function sourceOf(name: string, step: number | undefined): string {
  const meaning = MEANINGS.get(name) ?? "not explained";
  return meaning.startsWith("--") ? `option ${meaning}` : `step ${step}: ${meaning}`;
}

/** A placeholder comes from the step that it first shows in: a reply is traced in the step of its call. */
function stepsOf(traces: readonly Trace[]): Map<string, number> {
  const steps = new Map<string, number>();
  let current = 0;
  for (const { text, isPrinted } of traces) {
    const title = isPrinted ? /^(\d+)\. /.exec(text) : null;
    if (title !== null) current = Number(title[1]);
    for (const name of namesIn(text)) if (!steps.has(name)) steps.set(name, current);
  }
  return steps;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/<([A-Za-z][^<>\n]*)>/g)].map(([, name = ""]) => name);
}
