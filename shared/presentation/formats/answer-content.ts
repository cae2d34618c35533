// An Answer in the format that was asked for, as content to be sent as it is. It never fails for what an Answer holds,
// and loads the card builder only for a card.

import type { Answer } from "../../contracts/answer.ts";
import type { AnswerFormat } from "../../contracts/answer-format.ts";
import type { AskHttpReply } from "../ask-reply.ts";
import type { CarriedQuery } from "../links.ts";
import { fitOutline } from "./fit-outline.ts";
import { type AnswerOutline, outlineAnswer } from "./outline.ts";
import { CARD_LADDER, EVERYTHING, TEXT_LADDER } from "./outline-limits.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderText } from "./render-text.ts";

export interface AnswerContent {
  readonly type: string;
  readonly data: string;
}

export interface FormattedReply {
  readonly status: 200;
  readonly headers: Record<string, string>;
  readonly content: AnswerContent;
}

/**
 * The same reply with its Answer in the format that its links carry on. Operations stay JSON, and so do problems,
 * which are no replies of this kind.
 */
export async function inFormat(
  reply: AskHttpReply,
  { format = "json", never = false }: CarriedQuery,
): Promise<AskHttpReply | FormattedReply> {
  if (format === "json" || reply.status !== 200) return reply;
  const { status, headers, body } = reply;
  return { status, headers, content: await answerContent(body, format, never) };
}

/** Power Automate's actions for Teams take some 28 KB in all; the card is the greater part of that. */
const MAX_CARD_BYTES = 24 * 1024;
/** As of the JSON of `async=never` (row-limit.ts). */
const MAX_TEXT_BYTES = 450_000;

/** @param isCapped true where the client caps the size of a reply (`async=never`); a card is always small */
export async function answerContent(
  answer: Answer,
  format: Exclude<AnswerFormat, "json">,
  isCapped: boolean,
): Promise<AnswerContent> {
  switch (format) {
    case "markdown":
      return {
        type: "text/markdown; charset=utf-8",
        data: written(answer, renderMarkdown, isCapped),
      };
    case "text":
      return { type: "text/plain; charset=utf-8", data: written(answer, renderText, isCapped) };
    case "adaptive-card": {
      const { renderCard: render } = await import("./render-card.ts");
      const data = fitOutline(answer, CARD_LADDER, { render, maxBytes: MAX_CARD_BYTES });
      return { type: "application/json", data };
    }
  }
}

function written(
  answer: Answer,
  render: (outline: AnswerOutline) => string,
  isCapped: boolean,
): string {
  if (!isCapped) return render(outlineAnswer(answer, EVERYTHING));
  return fitOutline(answer, TEXT_LADDER, { render, maxBytes: MAX_TEXT_BYTES });
}
