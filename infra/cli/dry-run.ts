// A command line that calls nothing: it prints each call in order and goes on with the reply that the call expects
// where nothing is there yet. So a dry run goes through the same code as a real one, and needs no sign-in.

import type { Cli } from "./call.ts";
import { CallFailure } from "./call-failure.ts";
import type { Trace } from "./placeholders.ts";
import { showCall } from "./show-call.ts";

/** @param record told each supposed reply, so that the legend knows the step that it comes from */
export function createDryRun(print: (line: string) => void, record: (trace: Trace) => void): Cli {
  return {
    call: async (call) => {
      if (call.when !== undefined) print(`   ${call.when}:`);
      for (const line of showCall(call)) print(`   ${line}`);
      if (call.planned.kind === "nothing-there") {
        throw new CallFailure("not-found", call.program, "nothing there yet");
      }
      const { value } = call.planned;
      if (value !== undefined) record({ text: JSON.stringify(value), isPrinted: false });
      return value;
    },
  };
}
