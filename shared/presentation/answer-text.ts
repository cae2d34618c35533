// What Genie says: the answer, the question it asks back, and what it suggests (design §3.3).
// Thinking is never shown, and neither are attempts that a later query replaced.

import type { GenieAttachment } from "../operations/genie.ts";

export interface AnswerText {
  readonly answer: string | null;
  readonly follow_up_question: string | null;
  readonly suggested_questions: string[];
}

/** The words of a finished message. When Genie asks back, that question stands alone: `answer` is null. */
export function toAnswerText(attachments: readonly GenieAttachment[]): AnswerText {
  const followUp = joined(attachments, "follow_up");
  return {
    answer: followUp === null ? joined(attachments, "answer") : null,
    follow_up_question: followUp,
    suggested_questions: attachments.flatMap((attachment) =>
      attachment.kind === "suggestions" ? attachment.questions : [],
    ),
  };
}

function joined(
  attachments: readonly GenieAttachment[],
  purpose: "answer" | "follow_up",
): string | null {
  const first = attachments.findIndex(isQuery);
  const last = attachments.findLastIndex(isQuery);
  // Text strictly between the first and the last query belongs to a superseded attempt (genie-api.md §1.6).
  const texts = attachments.flatMap((attachment, index) =>
    attachment.kind === "text" && attachment.purpose === purpose && !(index > first && index < last)
      ? [attachment.content]
      : [],
  );
  const filled = texts.filter((text) => text.trim() !== "");
  return filled.length === 0 ? null : filled.join("\n\n");
}

function isQuery(attachment: GenieAttachment): boolean {
  return attachment.kind === "query";
}
