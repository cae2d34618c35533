// Reads a .NET TimeSpan such as "00:00:02" or "1.02:03:04.5", the format of all durations in host.json.

const pattern = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

/** Milliseconds, or undefined when the text is no TimeSpan. */
export function parseTimeSpan(text: string): number | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) {
    return undefined;
  }
  const [, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = "0"] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return undefined;
  }
  const wholeSeconds =
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Math.round(Number(`0.${fraction}`) * 1000);
}
