// How much of an Answer a rendering may show, and the ladders of ever less of it. Sizes are in UTF-16 units, because
// that is what can be counted before anything is rendered; the bytes are measured afterwards (fit-outline.ts).

export interface OutlineLimits {
  /** Rows of each result. */
  readonly rows: number;
  /** Columns of each result. */
  readonly columns: number;
  readonly cell: number;
  /** The answer, a question that Genie asks back, what went wrong. */
  readonly text: number;
  /** 0: no SQL at all. */
  readonly sql: number;
  readonly results: number;
  readonly suggestions: number;
  readonly charts: boolean;
}

/** A rung of a ladder: taken when at least `minRows` rows of each result, or all there are, fit with it. */
export interface Rung extends OutlineLimits {
  readonly minRows: number;
}

/** Ours are far shorter; a longer one would use up what a card may weigh. */
export const LONGEST_URL = 1_000;

const ALL = Number.POSITIVE_INFINITY;

export const EVERYTHING: OutlineLimits = {
  rows: ALL,
  columns: ALL,
  cell: ALL,
  text: ALL,
  sql: ALL,
  results: ALL,
  suggestions: ALL,
  charts: false,
};

/** Markdown and text for clients that cap a reply: rows go first, and only what is huge besides is cut. */
export const TEXT_LADDER: readonly Rung[] = [
  { ...EVERYTHING, minRows: 0 },
  { ...EVERYTHING, minRows: 0, columns: 50, cell: 500, text: 50_000, sql: 20_000, results: 20 },
  {
    ...EVERYTHING,
    rows: 0,
    minRows: 0,
    columns: 20,
    cell: 100,
    text: 4_000,
    sql: 2_000,
    results: 10,
    suggestions: 10,
  },
];

/** Cards: rows go first, then columns and long texts, then the SQL, then suggestions, at last all but a few words. */
export const CARD_LADDER: readonly Rung[] = [
  card(20, { columns: 12, cell: 200, text: 6_000, sql: 3_000, results: 5, suggestions: 6 }),
  card(10, { columns: 8, cell: 80, text: 2_500, sql: 1_200, results: 3, suggestions: 6 }),
  card(5, { columns: 6, cell: 40, text: 2_000, sql: 0, results: 3, suggestions: 4 }),
  card(1, { columns: 5, cell: 30, text: 1_200, sql: 0, results: 2, suggestions: 0 }),
  {
    ...card(0, { columns: 3, cell: 30, text: 500, sql: 0, results: 1, suggestions: 0 }),
    rows: 0,
    charts: false,
  },
];

function card(minRows: number, limits: Omit<Rung, "rows" | "charts" | "minRows">): Rung {
  return { rows: 300, charts: true, minRows, ...limits };
}
