// The formats that one and the same Answer comes in (design §3.3). Apart from the schemas, so that who only needs the
// names loads no zod.

export const ANSWER_FORMATS = ["json", "markdown", "text", "adaptive-card"] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];
