// Runs the steps of a set-up in order and says of each what became of it. A step that fails ends the run: what was
// done stays done, and the next run goes on from there.

import type { CallFailure, FailureKind } from "./call-failure.ts";

export interface Done<T> {
  readonly value: T;
  /** `left`: somebody with more rights has to do it; `todo` says what. `later`: an option is not known yet. */
  readonly outcome: "unchanged" | "changed" | "left" | "later";
  readonly detail: string;
  readonly todo?: string;
}

export interface Step<T> {
  readonly title: string;
  /** One sentence for somebody who does it for the first time. */
  readonly why: string;
  readonly run: () => Promise<Done<T>>;
}

export interface Steps {
  take<T>(step: Step<T>): Promise<T>;
  /** What is left for somebody with more rights. */
  readonly todos: readonly string[];
}

export function createSteps(print: (line: string) => void, isDryRun: boolean): Steps {
  const todos: string[] = [];
  let number = 0;
  return {
    todos,
    take: async ({ title, why, run }) => {
      number += 1;
      print(`${number}. ${title}`);
      if (isDryRun) print(`   ${why}`);
      const { value, outcome, detail, todo } = await run();
      print(isDryRun ? `   Then: ${detail}.\n` : `   ${outcome}: ${detail}`);
      if (todo !== undefined) todos.push(todo);
      return value;
    },
  };
}

const ADVICE: Readonly<Partial<Record<FailureKind, string>>> = {
  "not-signed-in": "Sign in first",
  forbidden: "The signed-in person may not do this",
  "not-found": "It is not there, or the signed-in person may not see it",
};

/** What to tell whoever ran it. */
export function failureText(error: CallFailure, signIn: string): string {
  if (error.kind === "program-missing") return error.message;
  const advice = ADVICE[error.kind];
  const how = error.kind === "not-signed-in" ? `: ${signIn}` : "";
  return `${advice === undefined ? "" : `${advice}${how}.\n`}${error.program} said: ${error.message}`;
}
