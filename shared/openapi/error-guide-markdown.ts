// The troubleshooting page as Markdown: docs/errors.md, written by `npm run generate`. The same data as the HTML
// page of error-page.ts; it never holds a text of its own.

import { type GuideItem, guideByStatus, type StatusGroup } from "./error-guide/by-status.ts";
import { ACTORS, type GuideEntry, type GuideStep } from "./error-guide/guide-entry.ts";
import { textParts } from "./error-guide/guide-text.ts";
import { GUIDE_INTRODUCTION, GUIDE_TITLE } from "./error-guide/introduction.ts";

/** The whole of docs/errors.md. The same on every machine: it depends on the catalogue and the guide alone. */
export function renderErrorGuideMarkdown(): string {
  const groups = guideByStatus();
  const blocks = [
    `# ${GUIDE_TITLE}`,
    "<!-- Generated from shared/openapi/error-guide.ts by `npm run generate`: change it there. -->",
    ...GUIDE_INTRODUCTION.map(marked),
    contents(groups),
    ...groups.flatMap(({ heading, items }) => [`## ${heading}`, ...items.flatMap(entry)]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function contents(groups: readonly StatusGroup[]): string {
  const rows = groups.flatMap(({ status, items }) =>
    items.map(({ code, title }) => `| ${status} | [\`${code}\`](#${code}) | ${title} |`),
  );
  return ["| status | code | title |", "| --- | --- | --- |", ...rows].join("\n");
}

function entry({ code, title, meaning, steps, cases }: GuideItem): string[] {
  return [
    `<a id="${code}"></a>\n\n### \`${code}\`: ${title}`,
    marked(meaning),
    steps.map(step).join("\n").trimEnd(),
    ...caseBlocks(cases),
  ];
}

function step({ who, text, commands }: GuideStep, index: number): string {
  const line = `${index + 1}. **${ACTORS[who]}:** ${marked(text)}`;
  if (commands === undefined) return line;
  const block = [`\`\`\`${commands.language}`, ...commands.text.split("\n"), "```"];
  return [line, "", ...block.map((each) => `   ${each}`), ""].join("\n");
}

function caseBlocks(cases: GuideEntry["cases"]): string[] {
  if (cases === undefined) return [];
  const rows = cases.rows.map(({ sign, remedy }) => `* **${marked(sign)}**: ${marked(remedy)}`);
  return [`${cases.title}:`, rows.join("\n")];
}

const marked = (text: string): string =>
  textParts(text)
    .map((part) => {
      if (part.kind === "code") return `\`${part.text}\``;
      if (part.kind === "link") return `[${plain(part.text)}](${part.target})`;
      return plain(part.text);
    })
    .join("");

/** Text that Markdown might take for HTML or emphasis, such as access_as_user, stays what it is. */
const plain = (text: string): string => text.replace(/[<>*_]/g, (mark) => `\\${mark}`);
