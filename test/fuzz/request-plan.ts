// One request before it is sent, as plain data: what a failing run prints. Ids that only a running gateway knows stand
// in it by what they are; send-plan.ts puts the real ones in.

/** Who calls. Only the first three have a token that the gateway takes. */
export const GOOD_CALLERS = ["analyst", "app", "no-space"] as const;
export const BAD_CALLERS = [
  "nobody",
  "expired",
  "forged",
  "unsigned",
  "foreign-audience",
  "garbage",
] as const;
export type FuzzCaller = (typeof GOOD_CALLERS)[number] | (typeof BAD_CALLERS)[number];

/** Stands for something that the gateway gave an earlier request; `pick` chooses among several. */
export interface Known {
  readonly known: string;
  readonly pick: number;
}

export type Text = string | Known;

export type PlannedBody =
  /** Members of a JSON object. */
  | { readonly json: unknown; readonly type?: string }
  | { readonly text: string; readonly type?: string }
  /** What is too long to print: made when it is sent. */
  | { readonly made: "huge" | "deep" | "not-utf8" | "utf16"; readonly type?: string };

export interface RequestPlan {
  readonly as: FuzzCaller;
  readonly path: Readonly<Record<string, Text>>;
  readonly query: readonly (readonly [name: string, value: Text])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: PlannedBody;
  /** Appended to the query as it is. */
  readonly rawQuery?: string;
  readonly expect: Expectation;
}

/** What the answer must be, besides documented and no 5xx. */
export type Expectation =
  /** The schemas call it good: no 400, 413 or 415, but for the rules of documented-refusals.ts. */
  | { readonly kind: "accepted" }
  /** One planted fault: 400 that names this pointer or parameter. */
  | { readonly kind: "fault"; readonly place: string }
  | { readonly kind: "status"; readonly anyOf: readonly number[] }
  | { readonly kind: "documented" };
