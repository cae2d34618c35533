// Entry of the child process that is host and worker in one. Waits for its orders over IPC, and ends when the
// parent is gone, so that no orphan keeps a port. Ctrl-C is the parent's to handle.

import type { HostMessage, ParentMessage } from "./host-messages.ts";
import { type RunningHost, runHost } from "./run-host.ts";

let host: RunningHost | undefined;

process.on("SIGINT", () => {
  // The terminal sends it to the whole group; the parent then asks for the stop.
});
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ParentMessage) => {
  void (message.kind === "start" ? start(message) : stop());
});

async function start(message: Extract<ParentMessage, { kind: "start" }>): Promise<void> {
  try {
    host = await runHost(message);
    tell({ kind: "ready", port: host.port, functions: host.functions });
  } catch (error) {
    tell({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

async function stop(): Promise<void> {
  try {
    await host?.stop();
  } finally {
    process.exit(0);
  }
}

function tell(message: HostMessage): void {
  process.send?.(message);
}
