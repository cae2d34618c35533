// The troubleshooting page as a whole HTML document, served at /docs/errors: the `type` of every problem leads to one
// of its anchors. It holds no script, no inline style and no event attribute, so that it stands a strict
// Content-Security-Policy (`default-src 'none'; style-src 'self'`). Its stylesheet is pages/troubleshooting-page.css.

import { type GuideItem, guideByStatus, type StatusGroup } from "./error-guide/by-status.ts";
import { ACTORS, type GuideEntry, type GuideStep } from "./error-guide/guide-entry.ts";
import { textParts } from "./error-guide/guide-text.ts";
import { GUIDE_INTRODUCTION, GUIDE_TITLE } from "./error-guide/introduction.ts";
import { escapeHtml } from "./escape-html.ts";
import { htmlPage } from "./pages/html.ts";

export interface ErrorGuideHtmlOptions {
  /** URL of pages/troubleshooting-page.css as it is served, absolute or relative to the page. */
  readonly stylesheet: string;
}

/** The page as UTF-8 text; to be sent as `text/html; charset=utf-8`. Every code has an element with its name as id. */
export function renderErrorGuideHtml({ stylesheet }: ErrorGuideHtmlOptions): string {
  const groups = guideByStatus();
  return htmlPage({
    title: `${GUIDE_TITLE} – Genie Gateway`,
    styles: [stylesheet],
    scripts: [],
    body: `<header>
<h1>${escapeHtml(GUIDE_TITLE)}</h1>
${GUIDE_INTRODUCTION.map((text) => `<p>${marked(text)}</p>`).join("\n")}
</header>
${contents(groups)}
<main>
${groups.map(group).join("\n")}
</main>`,
  });
}

function contents(groups: readonly StatusGroup[]): string {
  const lists = groups.map(
    ({ heading, status, items }) =>
      `<li><a href="#status-${status}">${escapeHtml(heading)}</a>\n<ul>\n${items.map(contentsItem).join("\n")}\n</ul></li>`,
  );
  return `<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ul>\n${lists.join("\n")}\n</ul>\n</nav>`;
}

const contentsItem = ({ code, title }: GuideItem): string =>
  `<li><a href="#${code}"><code>${code}</code></a> ${escapeHtml(title)}</li>`;

function group({ heading, status, items }: StatusGroup): string {
  return `<section aria-labelledby="status-${status}">
<h2 id="status-${status}">${escapeHtml(heading)}</h2>
${items.map(entry).join("\n")}
</section>`;
}

function entry({ code, title, meaning, steps, cases }: GuideItem): string {
  return `<article id="${code}" aria-labelledby="${code}-title">
<h3 id="${code}-title"><a href="#${code}"><code>${code}</code></a> ${escapeHtml(title)}</h3>
<p>${marked(meaning)}</p>
<ol>
${steps.map(step).join("\n")}
</ol>
${caseList(cases)}</article>`;
}

function step({ who, text, commands }: GuideStep): string {
  const block =
    commands === undefined ? "" : `\n<pre><code>${escapeHtml(commands.text)}</code></pre>`;
  return `<li><strong>${escapeHtml(ACTORS[who])}:</strong> ${marked(text)}${block}</li>`;
}

function caseList(cases: GuideEntry["cases"]): string {
  if (cases === undefined) return "";
  const rows = cases.rows.map(
    ({ sign, remedy }) => `<dt>${marked(sign)}</dt>\n<dd>${marked(remedy)}</dd>`,
  );
  return `<h4>${escapeHtml(cases.title)}</h4>\n<dl>\n${rows.join("\n")}\n</dl>\n`;
}

const marked = (text: string): string =>
  textParts(text)
    .map((part) => {
      if (part.kind === "code") return `<code>${escapeHtml(part.text)}</code>`;
      if (part.kind === "link") {
        return `<a href="${escapeHtml(part.target)}">${escapeHtml(part.text)}</a>`;
      }
      return escapeHtml(part.text);
    })
    .join("");
