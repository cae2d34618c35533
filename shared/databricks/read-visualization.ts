// The picture of a visualisation, through Genie with the caller's own authority. What Databricks says its type is
// counts for nothing: only bytes that begin as a PNG are handed on, so that no page or script passes for a picture.

import { AppError, type Failure } from "../errors/app-error.ts";
import type { Genie } from "../operations/genie.ts";
import { databricksUnavailable } from "./databricks-failure.ts";
import type { CallWorkspace } from "./workspace-call.ts";
import { visualizationPath } from "./workspace-paths.ts";
import { expectBytes } from "./workspace-read.ts";

/**
 * A chart has some hundred KiB. The whole picture is held in memory, and many requests share a worker: what is far
 * larger is no chart, and is not read to its end.
 */
const MAX_BYTES = 8 * 1024 * 1024;
const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A query or text attachment, or one whose message is not completed. */
const NO_PICTURE: Failure = {
  code: "attachment_not_found",
  detail: "The message has no such visualisation.",
};

export function createVisualizationReading(call: CallWorkspace): Pick<Genie, "visualization"> {
  return {
    async visualization(ref, attachmentId) {
      const reply = await call({
        method: "GET",
        path: visualizationPath(ref, attachmentId),
        accept: "application/octet-stream",
        maxBodyBytes: MAX_BYTES,
        retry: "safe",
      });
      const bytes = expectBytes(reply, "attachment", NO_PICTURE);
      if (isPng(bytes)) return bytes;
      throw new AppError(databricksUnavailable(), { cause: new Error("the reply is no PNG") });
    },
  };
}

function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
}
