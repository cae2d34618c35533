// One call of a command line program, as data: what it runs, what it reads from standard input, and what a dry run
// supposes to come back. It runs nothing.
//
// A body goes through standard input, never through an argument: other processes can read arguments, and quotes in
// an argument are what Windows shells break.

export type Program = "az" | "databricks";

export type CallInput =
  | { readonly kind: "json"; readonly value: unknown }
  /** Read from `reveal` only when the call really runs; everywhere else `shownAs` stands for it. */
  | { readonly kind: "secret"; readonly reveal: () => string; readonly shownAs: string };

/** A dry run supposes that nothing is there yet. */
export type Planned =
  | { readonly kind: "nothing-there" }
  | { readonly kind: "reply"; readonly value: unknown };

export const NOTHING_THERE: Planned = { kind: "nothing-there" };
export const reply = (value: unknown): Planned => ({ kind: "reply", value });

export interface Call {
  readonly program: Program;
  readonly args: readonly string[];
  /** Besides what the process was started with. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: CallInput;
  readonly planned: Planned;
  /** When it is called, if not always: for the reader of a dry run. */
  readonly when?: string;
  /**
   * What it needs may have been made a moment ago, and the refusal is believed only after some tries: an `object` of
   * Entra, whose copies differ for seconds, or a `role` in Azure, which takes minutes.
   */
  readonly mayBeEarly?: "object" | "role";
}

export interface Cli {
  /**
   * The JSON that the program printed; undefined when it printed nothing.
   * @throws CallFailure
   */
  call(call: Call): Promise<unknown>;
}
