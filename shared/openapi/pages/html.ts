// The frame of the pages. Every value is escaped, for text and for attributes in double quotes; a page holds no inline
// script and no inline style, so that its policy can forbid both.

import { escapeHtml } from "../escape-html.ts";

export interface PageParts {
  readonly title: string;
  /** Addresses of style sheets and scripts, in their order. Scripts run when the page is parsed. */
  readonly styles?: readonly string[];
  readonly scripts: readonly string[];
  /** HTML that is escaped already. */
  readonly body: string;
}

export function htmlPage({ title, styles = [], scripts, body }: PageParts): string {
  const links = styles.map((each) => `<link rel="stylesheet" href="${escapeHtml(each)}">\n`);
  const tags = scripts.map((each) => `<script src="${escapeHtml(each)}" defer></script>\n`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${links.join("")}${tags.join("")}</head>
<body>
${body}
</body>
</html>
`;
}

/** `data-…` attributes: how values reach a script without being part of one. */
export function dataAttributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`)
    .join("");
}
