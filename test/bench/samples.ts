// Measuring on a machine that does other things too: the subjects take turns, so that a busy minute harms all of
// them alike, and the median is what counts. It knows nothing of what is measured.

/** Measures once; returns figures by name. */
export type Measure = () => Promise<Readonly<Record<string, number>>>;

export interface Subject {
  readonly name: string;
  /** @param counts false to measure without keeping the figures */
  take(counts: boolean): Promise<void>;
  /** All values of one figure, in the order they were taken. Throws RangeError when there are none. */
  values(figure: string): readonly number[];
}

export function createSubject(name: string, measure: Measure): Subject {
  const taken = new Map<string, number[]>();
  return {
    name,
    async take(counts) {
      const figures = Object.entries(await measure());
      if (!counts) return;
      for (const [figure, value] of figures) {
        taken.set(figure, [...(taken.get(figure) ?? []), value]);
      }
    },
    values(figure) {
      const values = taken.get(figure);
      if (values === undefined) throw new RangeError(`${name} has no figure ${figure}`);
      return values;
    },
  };
}

/**
 * A B C, A B C … `rounds` times, after one round that does not count (cold disk, cold code of the bench itself).
 * Rejects as soon as one measurement does.
 */
export async function takeTurns(subjects: readonly Subject[], rounds: number): Promise<void> {
  for (let round = 0; round <= rounds; round++) {
    for (const subject of subjects) await subject.take(round > 0);
  }
}

/** Median of the ratios of each round to the baseline, which was measured a moment before or after. */
export function ratio(subject: Subject, baseline: Subject, figure: string): number {
  return median(pairedRatios(subject, baseline, figure));
}

/** `1.09 (1.02–1.13)`: the ratio, and in brackets the middle half of the rounds. */
export function ratioText(subject: Subject, baseline: Subject, figure: string): string {
  if (subject === baseline) return "1";
  const ratios = pairedRatios(subject, baseline, figure);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => twoDigits(quantile(ratios, share)));
  return `${middle} (${low}–${high})`;
}

function pairedRatios(subject: Subject, baseline: Subject, figure: string): number[] {
  const baselines = baseline.values(figure);
  return subject.values(figure).map((value, round) => value / (baselines[round] ?? Number.NaN));
}

/** Two digits that count, however small the ratio. */
const twoDigits = (value: number): string =>
  value < 0.1 ? value.toPrecision(2) : value.toFixed(2);

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param share 0 ≤ share ≤ 1; between two values it is interpolated */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) throw new RangeError("no values");
  return low + (high - low) * (place % 1);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `12.3 (11.0–19.8)`: median, and min and max in brackets. */
export function spread(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}
