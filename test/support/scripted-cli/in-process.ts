// The scripted programs without processes: the same answers, for tests of what a set-up decides. It records each call
// and every line that the set-up prints.

import type { Call, Cli } from "../../../infra/cli/call.ts";
import { CallFailure, failureKindOf } from "../../../infra/cli/call-failure.ts";
import { runSetup } from "../../../infra/cli/run-setup.ts";
import { DATABRICKS_SETUP } from "../../../infra/databricks/grant-access.ts";
import { createEntraSetup } from "../../../infra/entra/register.ts";
import { failed, type ProgramReply, type RecordedCall } from "./reply.ts";
import { azAnswers, type TenantState } from "./scripted-tenant.ts";
import { databricksAnswers, type WorkspaceState } from "./scripted-workspace.ts";

export interface SetupOutcome {
  readonly code: number;
  readonly printed: string;
  readonly calls: readonly RecordedCall[];
}

const OUT_OF_ORDER = "ERROR: Service Unavailable(the service is out of order)\n";

type Answer = (args: readonly string[], input: string) => ProgramReply;

function cliOf(answer: Answer, calls: RecordedCall[], breaksAt?: number): Cli {
  return {
    call: async ({ program, args, input: given }: Call) => {
      const input = given?.kind === "secret" ? given.reveal() : JSON.stringify(given?.value);
      calls.push({ args, input: input ?? "" });
      const isBroken = calls.length === breaksAt;
      const reply = isBroken ? failed(OUT_OF_ORDER) : answer(args, input ?? "");
      if (reply.code !== 0)
        throw new CallFailure(failureKindOf(reply.stderr), program, reply.stderr);
      return reply.stdout === "" ? undefined : JSON.parse(reply.stdout);
    },
  };
}

function recorder() {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  return { console: { print, printError: print }, text: () => lines.join("\n") };
}

export interface Circumstances {
  /** The clock of the set-up. */
  readonly now?: number;
  /** The call of this number, from 1, fails. */
  readonly breaksAt?: number;
}

export async function setUpEntra(
  tenant: TenantState,
  args: readonly string[],
  { now = Date.UTC(2026, 10, 23), breaksAt }: Circumstances = {},
): Promise<SetupOutcome> {
  const calls: RecordedCall[] = [];
  const { console, text } = recorder();
  const cli = cliOf((given, input) => azAnswers(tenant, given, input), calls, breaksAt);
  const code = await runSetup(
    createEntraSetup(() => now),
    args,
    cli,
    console,
  );
  return { code, printed: text(), calls };
}

export async function setUpDatabricks(
  workspace: WorkspaceState,
  args: readonly string[],
  { breaksAt }: Circumstances = {},
): Promise<SetupOutcome> {
  const calls: RecordedCall[] = [];
  const { console, text } = recorder();
  const cli = cliOf((given) => databricksAnswers(workspace, given), calls, breaksAt);
  const code = await runSetup(DATABRICKS_SETUP, args, cli, console);
  return { code, printed: text(), calls };
}
