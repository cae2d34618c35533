// The most questions that the workspace took in any 60 s: what a budget shared by instances must keep down.

const WINDOW_MS = 60_000;

/** `times`: epoch ms, in any order. Both ends of the window cannot be inside: it is half open. */
export function mostInAnyMinute(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted.reduce((most, end, index) => {
    const inWindow = sorted.slice(0, index + 1).filter((time) => time > end - WINDOW_MS);
    return Math.max(most, inWindow.length);
  }, 0);
}
