// The configured spaces as the caller sees them: read live, and an alias the caller may not see is left out
// of the list (design §3.5). It never shows a space id.

import { AppError } from "../errors/app-error.ts";
import type { GenieSpace } from "./genie.ts";
import type { Asker, Space } from "./ports.ts";

export interface VisibleSpace extends GenieSpace {
  readonly alias: string;
}

/** Few enough not to be felt by the workspace, enough for a dozen spaces within one time-out. */
const AT_ONCE = 6;

/** @throws AppError `genie_space_forbidden` when the caller may not see this one. */
export async function readSpace(asker: Asker, space: Space): Promise<VisibleSpace> {
  const genie = await asker.genie();
  return { alias: space.alias, ...(await genie.getSpace(space.id)) };
}

export async function listSpaces(
  asker: Asker,
  spaces: ReadonlyMap<string, string>,
): Promise<readonly VisibleSpace[]> {
  await asker.genie(); // a refused exchange is an error of its own, not an empty list
  const waiting = [...spaces].map(([alias, id]) => ({ alias, id }));
  const visible: VisibleSpace[] = [];
  while (waiting.length > 0) {
    const batch = waiting.splice(0, AT_ONCE);
    const seen = await Promise.all(batch.map((space) => readIfVisible(asker, space)));
    visible.push(...seen.filter((space) => space !== undefined));
  }
  return visible;
}

async function readIfVisible(asker: Asker, space: Space): Promise<VisibleSpace | undefined> {
  try {
    return await readSpace(asker, space);
  } catch (error) {
    if (error instanceof AppError && error.failure.code === "genie_space_forbidden")
      return undefined;
    throw error;
  }
}
