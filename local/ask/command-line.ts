// The command line of `npm run ask`: options and their checks. Touches nothing outside.

import { parseArgs } from "node:util";

const CALLERS = ["user", "app", "no-space", "no-warehouse"] as const;
export type AskCaller = (typeof CALLERS)[number];

export interface AskOptions {
  readonly question: string;
  readonly as: AskCaller;
  readonly print: "text" | "json" | "card";
  readonly waitSeconds: number;
  readonly followUp: boolean;
  readonly space?: string;
  readonly conversation?: string;
  /** Path of the file that gets the rows. */
  readonly csv?: string;
  /** Also show what took how long. */
  readonly trace: boolean;
}

export type CommandLine =
  | { readonly kind: "ask"; readonly options: AskOptions }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

export const USUAL_WAIT_SECONDS = 120;
export const LONGEST_WAIT_SECONDS = 1_800;

/** @param args what stands behind the name of the program */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: "string", default: "user" },
        conversation: { type: "string" },
        space: { type: "string" },
        wait: { type: "string", default: String(USUAL_WAIT_SECONDS) },
        csv: { type: "string" },
        json: { type: "boolean", default: false },
        card: { type: "boolean", default: false },
        "follow-up": { type: "boolean", default: false },
        trace: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    return check(positionals.join(" "), values);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : "the options cannot be read");
  }
}

interface Values {
  readonly as: string;
  readonly wait: string;
  readonly json: boolean;
  readonly card: boolean;
  readonly "follow-up": boolean;
  readonly trace: boolean;
  readonly space?: string | undefined;
  readonly conversation?: string | undefined;
  readonly csv?: string | undefined;
}

function check(question: string, values: Values): CommandLine {
  const { as, wait, space, conversation, csv } = values;
  const caller = CALLERS.find((name) => name === as);
  const waitSeconds = /^\d{1,4}$/.test(wait) ? Number(wait) : 0;
  if (question.trim() === "") return wrong("there is no question");
  if (caller === undefined) return wrong(`--as must be one of ${CALLERS.join(", ")}`);
  if (waitSeconds < 1 || waitSeconds > LONGEST_WAIT_SECONDS) {
    return wrong(`--wait must be a whole number from 1 to ${LONGEST_WAIT_SECONDS}`);
  }
  const clash = clashIn(values);
  if (clash !== null) return wrong(clash);
  const options = { question, as: caller, waitSeconds, print: printOf(values) };
  return {
    kind: "ask",
    options: {
      ...options,
      followUp: values["follow-up"],
      trace: values.trace,
      ...(space === undefined ? {} : { space }),
      ...(conversation === undefined ? {} : { conversation }),
      ...(csv === undefined ? {} : { csv }),
    },
  };
}

/** What cannot be meant together, or at all. */
function clashIn({ json, card, conversation, csv, "follow-up": followUp }: Values): string | null {
  if (json && card) return "--json and --card are two ways to print: use one";
  if (followUp && conversation !== undefined) {
    return "--follow-up and --conversation both name a conversation: use one";
  }
  // "-" would be standard output elsewhere; here the answer goes there.
  return csv === "" || csv === "-" ? "--csv must name a file" : null;
}

function printOf({ json, card }: Values): AskOptions["print"] {
  if (card) return "card";
  return json ? "json" : "text";
}

function wrong(reason: string): CommandLine {
  return { kind: "wrong", reason };
}
