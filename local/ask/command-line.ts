// The command line of `npm run ask`: options, their checks, and the help text. Touches nothing outside.

import { parseArgs } from "node:util";

const CALLERS = ["user", "app", "no-space", "no-warehouse"] as const;
export type AskCaller = (typeof CALLERS)[number];

export interface AskOptions {
  readonly question: string;
  readonly as: AskCaller;
  readonly json: boolean;
  readonly waitSeconds: number;
  readonly space?: string;
  readonly conversation?: string;
}

export type CommandLine =
  | { readonly kind: "ask"; readonly options: AskOptions }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

const USUAL_WAIT_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 1_800;

export const HELP = `Asks Genie a question through the gateway and shows the answer, its rows and its SQL.

  npm run ask -- "average delay by carrier"
  npm run --silent ask -- --json "top 10 movies by worldwide gross"

Options
  --as WHO            user (default), app, no-space or no-warehouse: the callers of the stand
  --conversation ID   ask a follow-up in this conversation
  --space ALIAS       ask this space instead of "default"
  --wait SECONDS      give up waiting after this time (1 to ${LONGEST_WAIT_SECONDS}, default ${USUAL_WAIT_SECONDS}); the question goes on
  --json              print the answer or the problem as the gateway sent it
  --help              print this

Which gateway
  The stand that "npm start" runs, or GENIE_GATEWAY_URL with a token in GENIE_GATEWAY_TOKEN
  (or, for --as app where the app endpoint asks for a function key, that key in GENIE_GATEWAY_KEY).

Exit codes
  0 answered            1 unexpected reply     2 wrong options, question or space
  3 refused (401, 403)  4 no answer from Genie (422 and the like)
  5 unavailable (429, 503, 504, not running)   6 not finished when the wait was over
  130 stopped by Ctrl-C
`;

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
        json: { type: "boolean", default: false },
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
  readonly space?: string | undefined;
  readonly conversation?: string | undefined;
}

function check(question: string, { as, wait, json, space, conversation }: Values): CommandLine {
  const caller = CALLERS.find((name) => name === as);
  const waitSeconds = /^\d{1,4}$/.test(wait) ? Number(wait) : 0;
  if (question.trim() === "") return wrong("there is no question");
  if (caller === undefined) return wrong(`--as must be one of ${CALLERS.join(", ")}`);
  if (waitSeconds < 1 || waitSeconds > LONGEST_WAIT_SECONDS) {
    return wrong(`--wait must be a whole number from 1 to ${LONGEST_WAIT_SECONDS}`);
  }
  const options = { question, as: caller, json, waitSeconds };
  return {
    kind: "ask",
    options: {
      ...options,
      ...(space === undefined ? {} : { space }),
      ...(conversation === undefined ? {} : { conversation }),
    },
  };
}

function wrong(reason: string): CommandLine {
  return { kind: "wrong", reason };
}
