// Texts that tests put where secrets, questions and answers go, so that the log check can look for them. Plain
// letters and hyphens: no encoding of a URL or of JSON changes them. They are no secrets of anything real.

export const SECRET_MARKERS = {
  /** Part of a question. */
  question: "quokka-question-marker",
  /** Part of an answer or of a row. */
  answer: "quokka-answer-marker",
  /** A client secret, sealing key or function key of a simulator. */
  secret: "quokka-secret-marker",
} as const;

/** Where tests that start the host write what it prints; .ci/run checks these files after the tests. */
export const TEST_LOG_FOLDER = ".local/test-logs";
