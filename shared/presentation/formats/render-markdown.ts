// An Answer as GitHub Flavoured Markdown. Only Genie's own words are Markdown, as Genie wrote them; all data is escaped
// and shows literally.

import { codeBlock, escapeMarkdown } from "./escape-markdown.ts";
import type { NamedLink } from "./named-link.ts";
import type { AnswerOutline } from "./outline.ts";
import type { ProblemOutline } from "./problem-outline.ts";
import type { ColumnOutline, ResultOutline } from "./result-outline.ts";

export function renderMarkdown(outline: AnswerOutline): string {
  const { answer, suggestions } = outline;
  const blocks = [
    ...(outline.status === "running" ? [runningText(outline.resultUrl)] : []),
    ...(outline.problem === null ? [] : problemBlocks(outline.problem)),
    ...(outline.followUp === null ? [] : [`**Genie asks:** ${closed(outline.followUp)}`]),
    ...(answer === null ? [] : [closed(answer)]),
    ...outline.results.flatMap(resultBlocks),
    ...outline.pictures.map(linkText),
    ...outline.notes.map((note) => `*${note}*`),
    ...(suggestions.length === 0 ? [] : ["**You could ask next:**", list(suggestions)]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function runningText(url: string | null): string {
  const where =
    url === null ? "Read it again in a few seconds." : `The answer will be here: <${url}>`;
  return `Genie is still working on this question. ${where}`;
}

function problemBlocks({ title, detail, remedy, reference, links }: ProblemOutline): string[] {
  return [
    `**${escapeMarkdown(title)}**`,
    escapeMarkdown(detail),
    ...(remedy === null ? [] : [`**What to do:** ${escapeMarkdown(remedy)}`]),
    ...(links.length === 0 ? [] : [links.map(linkText).join(" · ")]),
    `*${escapeMarkdown(reference)}*`,
  ];
}

function resultBlocks(result: ResultOutline): string[] {
  const { title, columns, rows, notes, rerunUrl, sql, links } = result;
  return [
    ...(title === null ? [] : [`### ${escapeMarkdown(title)}`]),
    ...(columns.length === 0 ? [] : [table(columns, rows)]),
    ...(notes.length === 0 ? [] : [`*${notes.join(" ")}*`]),
    ...(rerunUrl === null ? [] : [`Run the SQL again: POST <${rerunUrl}>`]),
    ...(sql === null ? [] : [codeBlock(sql, "sql")]),
    ...(links.length === 0 ? [] : [links.map(linkText).join(" · ")]),
  ];
}

function table(columns: readonly ColumnOutline[], rows: ResultOutline["rows"]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ name }) => escapeMarkdown(name))),
    line(columns.map(({ isNumber }) => (isNumber ? "---:" : "---"))),
    ...rows.map((cells) => line(cells.map(escapeMarkdown))),
  ].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escapeMarkdown(item)}`).join("\n");
}

function linkText({ name, url }: NamedLink): string {
  return `[${escapeMarkdown(name)}](<${url}>)`;
}

/** A code fence that Genie left open, or that was cut off, would swallow what follows. */
function closed(markdown: string): string {
  let open = "";
  for (const [, fence = ""] of markdown.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (open === "") open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length) open = "";
  }
  return open === "" ? markdown : `${markdown}\n${open}`;
}
