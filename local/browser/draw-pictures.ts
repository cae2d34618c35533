// `npm run docs:pictures`: draws docs/pictures from real replies of the gateway on this machine. It builds the gateway,
// starts the stand, asks the simulated Genie, has Chromium (CHROMIUM, or `chromium` on PATH) draw what came back, and
// photographs the pages.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { buildApp } from "../build/build.ts";
import { type Stand, startStand } from "../stand/start-stand.ts";
import { findBrowser, takePicture } from "./browser.ts";
import { openBrowser } from "./open-browser.ts";
import { photographPages } from "./photograph-pages.ts";
import { cardPage, markdownPage } from "./picture-page.ts";

interface Picture {
  readonly file: string;
  readonly question: string;
  readonly query: string;
  readonly page: (content: string) => string;
}

const CARD = "?format=adaptive-card";
const PICTURES: readonly Picture[] = [
  {
    file: "card-answer.png",
    question: "average IMDB rating by genre",
    query: CARD,
    page: cardPage,
  },
  { file: "card-question.png", question: "which one is the best?", query: CARD, page: cardPage },
  {
    file: "markdown-table.png",
    question: "top 5 movies by worldwide gross",
    query: "?format=markdown",
    page: markdownPage,
  },
];
const repository = path.resolve(import.meta.dirname, "../..");
const folder = path.join(repository, "docs", "pictures");

async function main(): Promise<void> {
  const browser = findBrowser();
  await mkdir(folder, { recursive: true });
  await buildApp();
  const stand = await startStand({
    appFolder: repository,
    withStorage: true,
    timings: { scale: 0.02 },
    onOutput: () => {},
  });
  try {
    for (const picture of PICTURES) {
      const content = await ask(stand, picture);
      const bytes = await takePicture(
        browser,
        picture.page(content),
        path.join(folder, picture.file),
      );
      console.log(`docs/pictures/${picture.file}: ${Math.ceil(bytes / 1_000)} KB`);
    }
    await photograph(stand, browser);
  } finally {
    await stand.close();
  }
}

async function photograph(stand: Stand, executable: string): Promise<void> {
  const browser = await openBrowser({ executable, certificate: stand.certificates.cert });
  try {
    for (const file of await photographPages(browser, stand.url, folder)) {
      console.log(`docs/pictures/${file}`);
    }
  } finally {
    await browser.close();
  }
}

async function ask(stand: Stand, { question, query }: Picture): Promise<string> {
  const reply = await fetch(`${stand.url}/genie/query-obo${query}`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${await stand.token("analyst")}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ query: question }),
  });
  if (reply.status !== 200) throw new Error(`${question}: ${reply.status} ${await reply.text()}`);
  return reply.text();
}

await main();
