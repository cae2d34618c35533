// How the scripted programs answer: as a process does, with an exit code and two streams. The texts of failures have
// the form in which the real programs print them.

export interface ProgramReply {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const said = (value?: unknown): ProgramReply => ({
  code: 0,
  stdout: value === undefined ? "" : `${JSON.stringify(value, null, 2)}\n`,
  stderr: "",
});

export const failed = (stderr: string, code = 1): ProgramReply => ({ code, stdout: "", stderr });

export const graphFailed = (status: string, code: string, message: string): ProgramReply =>
  failed(`ERROR: ${status}(${JSON.stringify({ error: { code, message, innerError: {} } })})\n`);

export const notFound = (what: string): ProgramReply =>
  graphFailed(
    "Not Found",
    "Request_ResourceNotFound",
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const denied = (): ProgramReply =>
  graphFailed(
    "Forbidden",
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  );

/** One call as a recorder keeps it. */
export interface RecordedCall {
  readonly args: readonly string[];
  readonly input: string;
  /** Of Databricks CLI, as its process found it in its environment. */
  readonly profile?: string;
}

/** The value behind an option of a command line. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}
