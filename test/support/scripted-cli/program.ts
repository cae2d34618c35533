// Stands in for `az` and `databricks` on PATH: a real process that records its arguments and its standard input and
// answers from the state in a file. `program.ts az …` is what the little launchers on PATH run.

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import type { ProgramReply, RecordedCall } from "./reply.ts";
import { azAnswers } from "./scripted-tenant.ts";
import { databricksAnswers } from "./scripted-workspace.ts";

const [, , program = "", ...args] = process.argv;
const folder = process.env.SCRIPTED_CLI_FOLDER ?? "";
const input = readFileSync(0, "utf8");
const stateFile = `${folder}/${program}.json`;
const state = JSON.parse(readFileSync(stateFile, "utf8"));
const profile = process.env.DATABRICKS_CONFIG_PROFILE;
const call: RecordedCall = profile === undefined ? { args, input } : { args, input, profile };
appendFileSync(`${folder}/${program}.calls`, `${JSON.stringify(call)}\n`);

const breaksAt = Number(process.env.SCRIPTED_CLI_BREAKS_AT ?? 0);
const calls = readFileSync(`${folder}/${program}.calls`, "utf8").trim().split("\n").length;
const reply: ProgramReply =
  calls === breaksAt
    ? { code: 1, stdout: "", stderr: "ERROR: Service Unavailable(out of order)\n" }
    : program === "az"
      ? azAnswers(state, args, input)
      : databricksAnswers(state, args);
writeFileSync(stateFile, JSON.stringify(state));
process.stdout.write(reply.stdout);
process.stderr.write(reply.stderr);
process.exitCode = reply.code;
