// Finds how much of an Answer fits into a number of bytes: rows are dropped first, then, rung by rung, the rest. The
// work is bounded: each rung renders at most some fifteen times.

import type { Answer } from "../../contracts/answer.ts";
import { type AnswerOutline, outlineAnswer } from "./outline.ts";
import type { Rung } from "./outline-limits.ts";

type Render = (outline: AnswerOutline) => string;

/**
 * The rendering of the first rung that fits, with as many rows as fit, strictly below `maxBytes`.
 *
 * The last rung is taken whatever its size: a ladder must end with one that always fits.
 */
export function fitOutline(
  answer: Answer,
  ladder: readonly Rung[],
  { render, maxBytes }: { readonly render: Render; readonly maxBytes: number },
): string {
  const most = answer.results.reduce((max, { rows }) => Math.max(max, rows.length), 0);
  let text = "";
  for (const rung of ladder) {
    const draw = (rows: number) => render(outlineAnswer(answer, { ...rung, rows }));
    const wanted = Math.min(most, rung.rows);
    const fitting = mostThatFits(wanted, draw, maxBytes);
    if (fitting.rows >= Math.min(wanted, rung.minRows)) return fitting.text;
    text = fitting.text;
  }
  return text;
}

interface Fitting {
  /** -1 when not even the rendering without rows fits. */
  readonly rows: number;
  readonly text: string;
}

function mostThatFits(most: number, draw: (rows: number) => string, maxBytes: number): Fitting {
  const fits = (text: string) => Buffer.byteLength(text) < maxBytes;
  const all = draw(most); // mostly all of them fit
  if (fits(all)) return { rows: most, text: all };
  let best: Fitting = { rows: 0, text: draw(0) };
  if (!fits(best.text)) return { rows: -1, text: best.text };
  let tooMany = most;
  while (tooMany - best.rows > 1) {
    const rows = Math.floor((tooMany + best.rows) / 2);
    const text = draw(rows);
    if (fits(text)) best = { rows, text };
    else tooMany = rows;
  }
  return best;
}
