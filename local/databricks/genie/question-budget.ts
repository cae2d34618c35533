// The workspace's limit on questions: N accepted POSTs in any 60 s, over all callers. GETs never count,
// nor does a question that was refused (genie-api.md §1.7).

export interface QuestionBudget {
  /** Takes one slot; or tells how many whole seconds until one is free. */
  take(
    at: number,
  ): { readonly kind: "granted" } | { readonly kind: "spent"; readonly retryAfterSeconds: number };
  /** Counts `questions` that were never asked, as if somebody else had asked them. */
  spend(questions: number, at: number): void;
  used(at: number): number;
  /** 0 = no limit. */
  setLimit(questionsPerMinute: number): void;
}

const WINDOW_MS = 60_000;

export function createQuestionBudget(questionsPerMinute: number): QuestionBudget {
  let limit = questionsPerMinute;
  let taken: number[] = [];
  const recent = (at: number) => {
    taken = taken.filter((time) => time > at - WINDOW_MS);
    return taken;
  };
  return {
    take: (at) => {
      const inWindow = recent(at);
      const blocking = inWindow.at(-limit);
      if (limit > 0 && inWindow.length >= limit && blocking !== undefined) {
        return { kind: "spent", retryAfterSeconds: Math.ceil((blocking + WINDOW_MS - at) / 1_000) };
      }
      inWindow.push(at);
      return { kind: "granted" };
    },
    spend: (questions, at) => {
      for (let i = 0; i < questions; i += 1) recent(at).push(at);
    },
    used: (at) => recent(at).length,
    setLimit: (value) => {
      limit = value;
    },
  };
}
