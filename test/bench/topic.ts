// What one bench reports: a table, and the aims that its figures are held against. It measures nothing; a missed
// aim is said plainly and breaks nothing, because timings depend on the machine.

export interface Aim {
  readonly what: string;
  /** The measured ratio may be at most this. */
  readonly atMost: number;
  readonly measured: number;
}

export interface Topic {
  /** Names the markers in docs/benchmarks.md. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly aims: readonly Aim[];
}

/** The table and its aims as Markdown, padded so that it also reads well in a terminal. */
export function renderTopic({ columns, rows, aims }: Topic): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  const table = [line(columns), rule, ...rows.map(line)];
  return [...table, ...(aims.length > 0 ? ["", ...aims.map(renderAim)] : [])].join("\n");
}

function renderAim({ what, atMost, measured }: Aim): string {
  const verdict = measured <= atMost ? "met" : "missed";
  return `* ${what}: at most ${atMost}, measured ${measured.toFixed(3)}: **aim ${verdict}**`;
}
