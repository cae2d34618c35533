// An Answer whose texts alone are larger than a client takes, cut until it fits. Only for clients that cap a reply
// (`async=never`), and only after all rows have been left out; what is cut ends with "…".

import type { Answer } from "../contracts/answer.ts";

/** Characters of a text and members of a list, from hardly anything lost to hardly anything left. */
const LADDER = [
  { text: 50_000, list: 100 },
  { text: 5_000, list: 50 },
  { text: 500, list: 20 },
  { text: 50, list: 5 },
] as const;

/** The first of ever shorter Answers that `fits`; the shortest one in any case. */
export function shortenAnswer(answer: Answer, fits: (answer: Answer) => boolean): Answer {
  let shorter = answer;
  for (const limits of LADDER) {
    shorter = cutAnswer(answer, limits);
    if (fits(shorter)) break;
  }
  return shorter;
}

interface Limits {
  readonly text: number;
  readonly list: number;
}

function cutAnswer(answer: Answer, limits: Limits): Answer {
  const cut = (text: string | null) => cutText(text, limits);
  return {
    ...answer,
    question: cut(answer.question),
    answer: cut(answer.answer),
    follow_up_question: cut(answer.follow_up_question),
    suggested_questions: answer.suggested_questions
      .filter((question) => question.length <= limits.text) // a part of one would ask something else
      .slice(0, limits.list),
    results: answer.results.slice(0, limits.list).map((result) => ({
      ...result,
      title: cut(result.title),
      description: cut(result.description),
      sql: cut(result.sql),
      columns: result.columns
        .slice(0, limits.list)
        .map(({ name, type }) => ({ name: cut(name) ?? "", type })),
      rows: [],
    })),
    visualizations: answer.visualizations
      .slice(0, limits.list)
      .map((picture) => ({ ...picture, title: cut(picture.title) })),
  };
}

function cutText<Text extends string | null>(text: Text, { text: longest }: Limits) {
  if (text === null || text.length <= longest) return text;
  return `${text.slice(0, longest - 1).toWellFormed()}…`;
}
