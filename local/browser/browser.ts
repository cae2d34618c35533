// Chromium as a tool that turns a page into a PNG of just its size. Only for pages that were made here.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const WIDTH = 720;
/** The page writes it into its title: see picture-page.ts. */
const HEIGHT = /<title>(\d+)<\/title>/;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"];

/** @throws Error that says what is missing. */
export function findBrowser(): string {
  const named = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = named ?? folders.map((each) => path.join(each, "chromium")).find(existsSync);
  if (found !== undefined && existsSync(found)) return found;
  throw new Error(
    "No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.",
  );
}

/** Writes the PNG and returns its size in bytes. */
export async function takePicture(browser: string, html: string, png: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "picture-"));
  try {
    const page = path.join(folder, "page.html");
    await writeFile(page, html);
    const flags = [...FLAGS, `--user-data-dir=${folder}`];
    const size = (height: number) => `--window-size=${WIDTH},${height}`;
    const { stdout } = await run(browser, [...flags, size(600), "--dump-dom", page], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const [, height] = HEIGHT.exec(stdout) ?? [];
    if (height === undefined) throw new Error("The page did not say how high it is.");
    await run(browser, [...flags, size(Number(height)), `--screenshot=${png}`, page]);
    return (await stat(png)).size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
