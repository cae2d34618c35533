// What a test can lay down for the next matching question, instead of the answer of the dataset.
// Times given here are exact: the scale of the timings does not touch them.

import type { JsonObject } from "../json.ts";
import type { Principal } from "../principals.ts";
import type { ScriptedResult } from "../results/result-data.ts";
import type { Outcome, Stage } from "./message-timeline.ts";

export interface Ask {
  readonly question: string;
  readonly caller: Principal;
  readonly spaceId: string;
  /** Undefined for the question that opens a conversation. */
  readonly conversationId: string | undefined;
}

/** A text matches when the question contains it; "" matches every question. */
export type QuestionMatch = string | RegExp | ((ask: Ask) => boolean);

/** When an attachment shows: at the start of the n-th stage (0-based), or with the final state. */
export type Appearance = { readonly stage: number } | "end";

export type AnswerAttachment = {
  /** Default: thinking with the first ASKING_AI, the n-th query with the n-th EXECUTING_QUERY, the rest at the end. */
  readonly appears?: Appearance;
} & (
  | {
      readonly kind: "query";
      readonly title?: string;
      readonly description?: string;
      readonly sql?: string;
      /** Absent: the result of the script; `null`: an attachment without statement and rows. */
      readonly result?: ScriptedResult | null;
      readonly thoughts?: readonly { readonly type: string; readonly content: string }[];
      /** False: the attachment comes without its id. Default true. */
      readonly withId?: boolean;
    }
  | {
      readonly kind: "text";
      readonly content: string;
      readonly purpose?: "FOLLOW_UP_QUESTION" | "TEXT_ATTACHMENT_PURPOSE_ANSWER";
      readonly phase?: "RESPONSE_PHASE_THINKING" | "RESPONSE_PHASE_VERIFYING";
      /** Real text attachments came without an id. Default false. */
      readonly withId?: boolean;
    }
  | { readonly kind: "suggestions"; readonly questions: readonly string[] }
  /** Belongs to the last query before it. */
  | { readonly kind: "viz"; readonly title?: string }
  | { readonly kind: "raw"; readonly wire: JsonObject }
);

export interface ScriptedAnswer {
  /** How many questions get it. Default 1. */
  readonly times?: number;
  readonly stages?: readonly Stage[];
  /** Default completed. */
  readonly outcome?: Outcome;
  readonly attachments?: readonly AnswerAttachment[];
  /** The rows of every query attachment that brings none of its own. */
  readonly result?: ScriptedResult;
  /** The status that the reply to the POST shows, when it shall differ from the first stage. */
  readonly replyStatus?: string;
}

export interface Scripts {
  add(match: QuestionMatch, answer: ScriptedAnswer): void;
  /** Takes the oldest script that matches; it is used up after `times` questions. */
  take(ask: Ask): ScriptedAnswer | undefined;
  clear(): void;
}

export function createScripts(): Scripts {
  let scripts: { match: QuestionMatch; answer: ScriptedAnswer; left: number }[] = [];
  return {
    add: (match, answer) => {
      scripts.push({ match, answer, left: answer.times ?? 1 });
    },
    take: (ask) => {
      const script = scripts.find(({ match }) => matches(match, ask));
      if (script === undefined) return undefined;
      script.left -= 1;
      scripts = scripts.filter(({ left }) => left > 0);
      return script.answer;
    },
    clear: () => {
      scripts = [];
    },
  };
}

function matches(match: QuestionMatch, ask: Ask): boolean {
  if (typeof match === "string") return ask.question.includes(match);
  return match instanceof RegExp ? match.test(ask.question) : match(ask);
}
