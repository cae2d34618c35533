// An Answer as an Adaptive Card 1.5. Loads the builder, so it is loaded itself with the first card. What a submit
// action carries is the body of the next ask (docs/answer-formats.md).

import {
  AdaptiveCard,
  type CardElement,
  Container,
  SubmitAction,
  TextInput,
} from "@microsoft/teams.cards";
import { resultElements } from "./card-result.ts";
import { harmless, plain, withoutFunctions, words } from "./card-text.ts";
import { cut } from "./cell-text.ts";
import { type AnswerOutline, NO_ANSWER } from "./outline.ts";
import type { ProblemOutline } from "./problem-outline.ts";

const LONGEST_TITLE = 80;
const LONGEST_FALLBACK = 500;

/** The card as JSON text. */
export function renderCard(outline: AnswerOutline): string {
  const card = new AdaptiveCard(...elements(outline)).withOptions({
    version: "1.5",
    fallbackText: fallbackText(outline),
    msteams: { width: "full" },
  });
  const actions = [...answerActions(outline), ...outline.suggestions.map(suggestion(outline))];
  return JSON.stringify(actions.length === 0 ? card : card.withActions(...actions));
}

function elements(outline: AnswerOutline): CardElement[] {
  const { answer, followUp, problem } = outline;
  return [
    ...(outline.status === "running" ? [plain(runningText(outline))] : []),
    ...(problem === null ? [] : [problemElement(problem)]),
    ...(followUp === null ? [] : [followUpElement(followUp)]),
    ...(answer === null ? [] : [words(answer)]),
    ...outline.results.flatMap(resultElements),
    ...outline.notes.map((note) => plain(note, { isSubtle: true, size: "Small" })),
  ];
}

function runningText({ resultUrl }: AnswerOutline): string {
  const where =
    resultUrl === null
      ? "Read it again in a few seconds."
      : `The answer will be here: ${resultUrl}`;
  return `Genie is still working on this question. ${where}`;
}

function problemElement({ title, detail, remedy, reference }: ProblemOutline): Container {
  return new Container(
    plain(title, { weight: "Bolder" }),
    plain(detail),
    ...(remedy === null ? [] : [plain(`What to do: ${remedy}`)]),
    plain(reference, { isSubtle: true, size: "Small" }),
  ).withStyle("attention");
}

/** The question that Genie asks back, with a box whose text becomes `query` of the next ask. */
function followUpElement(question: string): Container {
  return new Container(
    plain("Genie asks:", { weight: "Bolder" }),
    words(question),
    new TextInput({
      id: "query",
      label: "Your answer",
      isMultiline: true,
      isRequired: true,
      errorMessage: "Genie needs an answer to go on.",
    }),
  ).withStyle("emphasis");
}

function answerActions({ followUp, conversation }: AnswerOutline): SubmitAction[] {
  return followUp === null
    ? []
    : [new SubmitAction({ title: "Answer", data: { ...conversation } })];
}

/** Without the text of the box above: it would replace the question. */
function suggestion({ conversation }: AnswerOutline): (question: string) => SubmitAction {
  return (question) =>
    new SubmitAction({
      title: withoutFunctions(cut(question, LONGEST_TITLE)),
      data: { query: question, ...conversation },
      associatedInputs: "none",
    });
}

/** For hosts that cannot show cards of this version. */
function fallbackText(outline: AnswerOutline): string {
  const { problem, followUp, answer, results } = outline;
  const text = problem?.detail ?? followUp ?? answer ?? results[0]?.title ?? NO_ANSWER;
  return harmless(
    cut(outline.status === "running" ? runningText(outline) : text, LONGEST_FALLBACK),
  );
}
