// A test that stands for a promise of the manifest. Unknown ids do not compile.

import { test } from "vitest";
import type { RequirementId } from "../requirements/all.ts";

/** Like vitest's `test`, with the id of the requirement in front of the name. */
export function verifies(
  id: RequirementId,
  name: string,
  body: () => void | Promise<void>,
  timeoutMs?: number,
): void {
  test(`${id}: ${name}`, body, timeoutMs);
}
