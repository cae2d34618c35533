// Cells of plain text as columns that line up in a fixed-width font. No cell is ever cut here: one that is very long
// pushes the rest of its row out instead of making every row as wide.

import type { ColumnOutline } from "./result-outline.ts";

const WIDEST_COLUMN = 40;
const GAP = "  ";
const PLAIN = /^[\x20-\x7e]*$/;
/** Letters of East Asia and pictographs take two places; what combines with the letter before takes none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{M}|\p{Cf}/u;

export function alignTable(
  columns: readonly ColumnOutline[],
  rows: readonly (readonly string[])[],
): string {
  const names = columns.map(({ name }) => name);
  const widths = columns.map((_, index) => widthOf([names, ...rows], index));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.isNumber ?? false))
      .join(GAP)
      .trimEnd();
  return [line(names), widths.map((width) => "-".repeat(width)).join(GAP), ...rows.map(line)].join(
    "\n",
  );
}

function widthOf(rows: readonly (readonly string[])[], index: number): number {
  const widest = rows.reduce((max, cells) => Math.max(max, displayWidth(cells[index] ?? "")), 1);
  return Math.min(WIDEST_COLUMN, widest);
}

function pad(cell: string, width: number, isNumber: boolean): string {
  const room = " ".repeat(Math.max(0, width - displayWidth(cell)));
  return isNumber ? room + cell : cell + room;
}

function displayWidth(text: string): number {
  if (PLAIN.test(text) || text.length > 2 * WIDEST_COLUMN) return text.length; // not padded anyway
  let width = 0;
  for (const letter of text) width += NO_WIDTH.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return width;
}
