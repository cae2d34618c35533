// How long one request waits for the answer, and what it gets when the wait is over (design §3.2).
// Worked out by the HTTP layer from `Prefer`, `async` and `wait`; it knows no header here.

export interface WaitPlan {
  /**
   * - `auto`: 202 when the wait is over.
   * - `always`: 202 at once.
   * - `never`: always 200, with `status` completed, running or failed.
   */
  readonly mode: "auto" | "always" | "never";
  /** Already capped by `GENIE__MAX_WAIT_SECONDS`. */
  readonly waitMs: number;
  /** Value for `Preference-Applied`; null when no preference of the `Prefer` header was used. */
  readonly preferenceApplied: string | null;
}
