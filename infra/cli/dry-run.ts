// A command line that calls nothing: it prints each call in order and goes on with the reply that the call expects
// where nothing is there yet. So a dry run goes through the same code as a real one, and needs no sign-in.

import type { Cli } from "./call.ts";
import { CallFailure } from "./call-failure.ts";
import { showCall } from "./show-call.ts";

export function createDryRun(print: (line: string) => void): Cli {
  return {
    call: async (call) => {
      if (call.when !== undefined) print(`   ${call.when}:`);
      for (const line of showCall(call)) print(`   ${line}`);
      if (call.planned.kind === "nothing-there") {
        throw new CallFailure("not-found", call.program, "nothing there yet");
      }
      return call.planned.value;
    },
  };
}
