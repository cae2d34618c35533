// Measuring on a machine that does other things too: the subjects take turns, so that a busy minute harms all of
// them alike, and the median is what counts. It knows nothing of what is measured.

/** Measures one subject once and returns its figures by name. */
export type Measure = () => Promise<Readonly<Record<string, number>>>;

/** Figures of each subject by name, in the order they were taken. */
export type Samples<Subject extends string> = Readonly<
  Record<Subject, Readonly<Record<string, readonly number[]>>>
>;

/**
 * A B C, A B C … `rounds` times, after one round that does not count (cold disk, cold code of the bench itself).
 * Rejects as soon as one measurement does.
 */
export async function takeTurns<Subject extends string>(
  subjects: Readonly<Record<Subject, Measure>>,
  rounds: number,
): Promise<Samples<Subject>> {
  const taken: Record<string, Record<string, number[]>> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const [subject, measure] of Object.entries<Measure>(subjects)) {
      const figures = await measure();
      if (round > 0) keep((taken[subject] ??= {}), figures);
    }
  }
  return taken as Samples<Subject>;
}

function keep(taken: Record<string, number[]>, figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) (taken[name] ??= []).push(value);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError("no samples");
  return (low + high) / 2;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `12.3 (11.0–19.8)`: median, and min and max in brackets. */
export function spread(values: readonly number[], digits = 0): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}
