// An Answer cut down to what a person reads, as plain strings and within limits: the one thing that the Markdown, text
// and card renderings share. It decides what is shown and which notes say what is not; it knows no markup.

import type { Answer } from "../../contracts/answer.ts";
import { cut, manyLines, oneLine } from "./cell-text.ts";
import type { NamedLink } from "./named-link.ts";
import { LONGEST_URL, type OutlineLimits } from "./outline-limits.ts";
import { outlineProblem, type ProblemOutline } from "./problem-outline.ts";
import { outlineResult, type ResultOutline } from "./result-outline.ts";

export interface AnswerOutline {
  /** Where the follow-up question or a suggested one is asked: the other fields of an ask's body. */
  readonly conversation: { readonly conversation_id?: string; readonly space: string };
  readonly status: Answer["status"];
  /** Where the answer will be; null unless it is still being worked on. */
  readonly resultUrl: string | null;
  readonly problem: ProblemOutline | null;
  /** What Genie asks back. */
  readonly followUp: string | null;
  /** Markdown, as Genie wrote it. */
  readonly answer: string | null;
  readonly results: readonly ResultOutline[];
  readonly suggestions: readonly string[];
  readonly pictures: readonly NamedLink[];
  /** What the whole Answer lacks here. */
  readonly notes: readonly string[];
}

/** Longer ones are left out: a question that was cut would ask something else. */
const LONGEST_SUGGESTION = 300;
const LONGEST_ID = 100;

export function outlineAnswer(answer: Answer, limits: OutlineLimits): AnswerOutline {
  const results = answer.results.slice(0, limits.results);
  const suggestions = answer.suggested_questions.map(oneLine).filter(isShort);
  return {
    conversation: conversationOf(answer),
    status: answer.status,
    resultUrl: answer.status === "running" ? (answer.links?.result ?? null) : null,
    problem: answer.error === undefined ? null : outlineProblem(answer.error, limits),
    followUp: textOf(answer.follow_up_question, limits),
    answer: textOf(answer.answer, limits) ?? (isEmpty(answer) ? NO_ANSWER : null),
    results: results.map((result) => outlineResult(result, limits)),
    suggestions: suggestions.slice(0, limits.suggestions),
    pictures: answer.visualizations.flatMap(pictureOf).slice(0, limits.results),
    notes: notesOf(answer, limits),
  };
}

/** Genie was done and said nothing: a blank would look like a fault. */
export const NO_ANSWER = "Genie gave no answer.";

function isEmpty({ status, results, follow_up_question: followUp }: Answer): boolean {
  return status === "completed" && results.length === 0 && (followUp ?? "").trim() === "";
}

function notesOf(answer: Answer, limits: OutlineLimits): string[] {
  const hidden = answer.results.length - limits.results;
  const longest = Math.max(answer.answer?.length ?? 0, answer.follow_up_question?.length ?? 0);
  return [
    ...(longest > limits.text ? ["The text was too long and is cut."] : []),
    ...(hidden > 0
      ? [`${hidden} more ${hidden === 1 ? "result is" : "results are"} left out.`]
      : []),
  ];
}

function textOf(text: string | null, { text: max }: OutlineLimits): string | null {
  return text === null || text.trim() === "" ? null : manyLines(cut(text, max)).trim();
}

function conversationOf({ conversation_id: id, space }: Answer): AnswerOutline["conversation"] {
  return { ...(id === null || id.length > LONGEST_ID ? {} : { conversation_id: id }), space };
}

function isShort(question: string): boolean {
  return question.trim() !== "" && question.length <= LONGEST_SUGGESTION;
}

/** Pictures need the caller's token as everything does: they are links, not images. */
function pictureOf({ title, links }: Answer["visualizations"][number]): NamedLink[] {
  if (links === undefined || links.png.length > LONGEST_URL) return [];
  return [{ name: cut(oneLine(title ?? "Chart"), 100), url: links.png }];
}
