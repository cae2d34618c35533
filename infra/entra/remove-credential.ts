// Takes one client secret out of the application, by its id. It never chooses which.

import { type Cli, reply } from "../cli/call.ts";
import { graph } from "./graph.ts";

export async function removeCredential(
  cli: Cli,
  applicationId: string,
  keyId: string,
): Promise<void> {
  await cli.call(
    graph({
      method: "POST",
      path: `/applications/${applicationId}/removePassword`,
      body: { keyId },
      planned: reply(undefined),
    }),
  );
}
