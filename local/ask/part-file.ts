// A file that is there as a whole or not at all: written as `FILE.part` and renamed once it is complete. The `.part`
// is made at once and for one writer only, so that a FILE that cannot be written is known before anything is asked.

import { access, constants, type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import type { Writable } from "node:stream";

export interface PartFile {
  /** Where it will be. */
  readonly path: string;
  /** Takes what the file holds, once. */
  createStream(): Writable;
  /** Puts it in its place; what was there before is gone. */
  complete(): Promise<void>;
  /** Takes the `.part` away. Does nothing to a complete file. */
  discard(): Promise<void>;
}

/** The file, or a sentence that says why there is none. */
export async function openPartFile(path: string): Promise<PartFile | { readonly refusal: string }> {
  const part = `${path}.part`;
  try {
    const existing = await stat(path).catch(ignoreMissing);
    if (existing?.isFile() === false) return { refusal: `${path} is no plain file.` };
    if (existing !== undefined) await access(path, constants.W_OK);
    return partFile(path, part, await open(part, "wx"));
  } catch (error) {
    return { refusal: refusalOf(error, path) };
  }
}

function partFile(path: string, part: string, handle: FileHandle): PartFile {
  let isOpen = true;
  return {
    path,
    createStream: () => handle.createWriteStream({ flush: true }),
    complete: async () => {
      await handle.close(); // Windows renames no open file
      await rename(part, path);
      isOpen = false;
    },
    discard: async () => {
      if (!isOpen) return;
      isOpen = false;
      await handle.close().catch(() => undefined);
      await rm(part, { force: true });
    },
  };
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is no folder",
  EACCES: "that is not allowed",
  EPERM: "that is not allowed",
  EROFS: "nothing can be written there",
  ENAMETOOLONG: "its name is too long",
};

function refusalOf(error: unknown, path: string): string {
  const code = codeOf(error);
  if (code === "EEXIST") {
    return `${path}.part is there already: another run is writing it, or one was killed. Remove it if none runs.`;
  }
  return `${path} cannot be written: ${REASONS[code] ?? code}.`;
}

/** `ENOSPC` and the like; the name of anything else. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
