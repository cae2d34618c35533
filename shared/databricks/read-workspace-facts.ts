// What the workspace says about a space and about the caller: cheap reads that ask Genie nothing and therefore cost
// no question. An id, owner or warehouse of a space never leaves this file.

import { AppError } from "../errors/app-error.ts";
import type { Genie } from "../operations/genie.ts";
import { databricksUnavailable } from "./databricks-failure.ts";
import { currentUserWire, spaceWire } from "./message-wire.ts";
import type { CallWorkspace } from "./workspace-call.ts";
import { CURRENT_USER_PATH, spacePath } from "./workspace-paths.ts";
import { readWorkspace } from "./workspace-read.ts";

export function createFactReading(call: CallWorkspace): Pick<Genie, "getSpace" | "currentUser"> {
  return {
    getSpace: (spaceId) =>
      readWorkspace(call, { path: spacePath(spaceId), schema: spaceWire, subject: "space" }),
    async currentUser() {
      const path = CURRENT_USER_PATH;
      const wire = await readWorkspace(call, { path, schema: currentUserWire, subject: "user" });
      if (wire.id === null || wire.userName === null) {
        throw new AppError(databricksUnavailable(), {
          cause: new Error("a user without id or name"),
        });
      }
      return {
        userId: wire.id,
        userName: wire.userName,
        displayName: wire.displayName,
        active: wire.active ?? true,
      };
    },
  };
}
