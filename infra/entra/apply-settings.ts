// Brings the application to what the gateway needs, in one write of what differs.

import { randomUUID } from "node:crypto";
import { type Cli, reply } from "../cli/call.ts";
import { placeholder } from "../cli/placeholders.ts";
import type { Done } from "../cli/steps.ts";
import type { Application } from "./application.ts";
import { changesOf, type NewId, type Wanted } from "./application-settings.ts";
import { graph } from "./graph.ts";

export interface ApplySettings extends Wanted {
  readonly isDryRun: boolean;
}

/** `api` of the application as it is afterwards: the scope in it is what callers are authorised for. */
export async function applySettings(
  cli: Cli,
  app: Application,
  wanted: ApplySettings,
): Promise<Done<Application["api"]>> {
  const changes = changesOf(app, wanted, wanted.isDryRun ? plannedId : () => randomUUID());
  const names = Object.keys(changes);
  if (names.length === 0) {
    return { value: app.api, outcome: "unchanged", detail: "it has what the gateway needs" };
  }
  const call = graph({
    method: "PATCH",
    path: `/applications/${app.id}`,
    body: changes,
    planned: reply(undefined),
    mayBeEarly: "object",
  });
  await cli.call(call);
  return {
    value: changes.api ?? app.api,
    outcome: "changed",
    detail: `set ${names.join(", ")}`,
  };
}

const plannedId: NewId = (what) => placeholder(what, "a new GUID that this script makes");
