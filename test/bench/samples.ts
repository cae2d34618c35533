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

/** Median of one subject's figure in terms of another's. */
export function ratio(subject: Subject, baseline: Subject, figure: string): number {
  return median(subject.values(figure)) / median(baseline.values(figure));
}

/** `1.09 (1.02–1.13)`: the ratio, and in brackets the least and the greatest of the thirds of the run: its noise. */
export function ratioText(subject: Subject, baseline: Subject, figure: string): string {
  const [ours, theirs] = [thirds(subject.values(figure)), thirds(baseline.values(figure))];
  const ratios = ours.map((values, third) => median(values) / median(theirs[third] ?? []));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const all = ratio(subject, baseline, figure);
  return `${short(all)} (${short(least)}–${short(most)})`;
}

function thirds(values: readonly number[]): (readonly number[])[] {
  const length = Math.ceil(values.length / 3);
  return [0, 1, 2].map((third) => values.slice(third * length, (third + 1) * length));
}

/** Two digits that count, however small the ratio. */
const short = (value: number): string => (value < 0.1 ? value.toPrecision(2) : value.toFixed(2));

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (low === undefined || high === undefined) throw new RangeError("no values");
  return (low + high) / 2;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `12.3 (11.0–19.8)`: median, and min and max in brackets. */
export function spread(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}
