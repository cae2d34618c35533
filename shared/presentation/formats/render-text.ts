// An Answer as plain text: tables are aligned in columns, the SQL is indented, nothing is markup. Genie's own Markdown
// stays as it is, because it reads well.

import type { NamedLink } from "./named-link.ts";
import type { AnswerOutline } from "./outline.ts";
import type { ProblemOutline } from "./problem-outline.ts";
import type { ResultOutline } from "./result-outline.ts";
import { alignTable } from "./text-table.ts";

export function renderText(outline: AnswerOutline): string {
  const { answer, suggestions } = outline;
  const blocks = [
    ...(outline.status === "running" ? [runningText(outline.resultUrl)] : []),
    ...(outline.problem === null ? [] : problemBlocks(outline.problem)),
    ...(outline.followUp === null ? [] : [`Genie asks: ${outline.followUp}`]),
    ...(answer === null ? [] : [answer]),
    ...outline.results.flatMap(resultBlocks),
    ...outline.pictures.map(linkText),
    ...outline.notes,
    ...(suggestions.length === 0
      ? []
      : [`You could ask next:\n${suggestions.map((question) => `- ${question}`).join("\n")}`]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function runningText(url: string | null): string {
  const where =
    url === null ? "Read it again in a few seconds." : `The answer will be here: ${url}`;
  return `Genie is still working on this question. ${where}`;
}

function problemBlocks({ title, detail, remedy, reference, links }: ProblemOutline): string[] {
  return [
    `${title}: ${detail}`,
    ...(remedy === null ? [] : [`What to do: ${remedy}`]),
    ...links.map(linkText),
    `(${reference})`,
  ];
}

function resultBlocks(result: ResultOutline): string[] {
  const { title, columns, rows, notes, rerunUrl, sql, links } = result;
  return [
    ...(title === null ? [] : [title]),
    ...(columns.length === 0 ? [] : [alignTable(columns, rows)]),
    ...(notes.length === 0 ? [] : [notes.join("\n")]),
    ...(rerunUrl === null ? [] : [`Run the SQL again: POST ${rerunUrl}`]),
    ...(sql === null ? [] : [`SQL:\n${sql.replace(/^/gm, "    ")}`]),
    ...(links.length === 0 ? [] : [links.map(linkText).join("\n")]),
  ];
}

function linkText({ name, url }: NamedLink): string {
  return `${name}: ${url}`;
}
