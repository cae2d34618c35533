// Keeps what a child process writes, within a bound, and passes it on as it comes.

import type { ChildProcess } from "node:child_process";

const keptCharacters = 2 * 1024 * 1024;

/** @returns a function that gives everything kept so far, newest last. */
export function collectOutput(
  child: Pick<ChildProcess, "stdout" | "stderr">,
  onText: (text: string) => void = () => {},
): () => string {
  let kept = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => {
      kept = (kept + text).slice(-keptCharacters);
      onText(text);
    });
  }
  return () => kept;
}
