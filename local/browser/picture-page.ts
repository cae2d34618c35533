// The pages that are drawn: a card by the open-source renderer of Adaptive Cards, and Markdown by marked. They load
// nothing from anywhere, and write their height into the title for whoever takes the picture.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { marked } from "marked";

const require = createRequire(import.meta.url);
const STYLE = `
  body { margin: 0; padding: 16px; font: 14px/1.45 system-ui, "DejaVu Sans", sans-serif; color: #242424; }
  .frame { border: 1px solid #d1d1d1; border-radius: 6px; padding: 4px; }
  .ac-pushButton { background: #fff; border: 1px solid #d1d1d1; border-radius: 4px; padding: 5px 12px; font: inherit; }
  .ac-input { width: 100%; box-sizing: border-box; border: 1px solid #d1d1d1; border-radius: 4px; font: inherit; }
  table { border-collapse: collapse; } .markdown td, .markdown th { border: 1px solid #d1d1d1; padding: 4px 10px; }
  pre { background: #f5f5f5; padding: 10px; border-radius: 4px; white-space: pre-wrap; }`;

/** The renderer does not know charts and drops them, as a card tells it to. */
export function cardPage(card: string): string {
  const library = require.resolve("adaptivecards/dist/adaptivecards.min.js");
  return page(
    '<div class="frame" id="card"></div>',
    `${readFileSync(library, "utf8")}</script><script>
      const card = new AdaptiveCards.AdaptiveCard();
      card.hostConfig = new AdaptiveCards.HostConfig({
        fontFamily: "inherit",
        actions: { actionsOrientation: "vertical", actionAlignment: "left", buttonSpacing: 6 },
        containerStyles: { emphasis: { backgroundColor: "#f5f5f5" }, attention: { backgroundColor: "#fdf3f4" } },
      });
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\\*\\*(.+?)\\*\\*/g, "<b>$1</b>");
        result.didProcess = true;
      };
      card.parse(${inScript(JSON.parse(card))});
      document.getElementById("card").append(card.render());`,
  );
}

export function markdownPage(markdown: string): string {
  return page(`<div class="markdown">${marked.parse(markdown, { async: false })}</div>`, "");
}

function page(body: string, script: string): string {
  return `<!doctype html><meta charset="utf-8"><title></title><style>${STYLE}</style><body>${body}
<script>${script}</script>
<script>document.title = String(Math.ceil(document.documentElement.getBoundingClientRect().height));</script>`;
}

/** JSON that cannot end the script it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
