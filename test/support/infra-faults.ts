// Plants a fault in a copy of the committed golden files and says what an assertion finds there. The compiler is not needed.

import { expect } from "vitest";
import { ASSERTIONS } from "../../infra/check/all-assertions.ts";
import type { CodeFacts } from "../../infra/check/code-facts.ts";
import { readCodeFacts } from "../../infra/check/code-facts.ts";
import {
  GOLDEN_VARIANTS,
  type Infrastructure,
  readGolden,
} from "../../infra/check/infrastructure.ts";

/** Compiled JSON, changed at will: of the type that JSON.parse gives it. */
export type Loose = ReturnType<typeof JSON.parse>;

/** Changes one resource; for a fault by addition, `resources` is the list itself. */
type Change = (resource: Loose, resources: Loose[]) => void;

const golden = readGolden();
let facts: Promise<CodeFacts> | undefined;
/** Loads the app once. */
export const codeFacts = (): Promise<CodeFacts> => (facts ??= readCodeFacts());

export async function found(
  id: string,
  infrastructure?: Infrastructure,
): Promise<readonly string[]> {
  const assertion = ASSERTIONS.find((each) => each.id === id);
  if (assertion === undefined) throw new Error(`There is no assertion ${id}`);
  return assertion.faultsOf(infrastructure ?? (await golden), await codeFacts());
}

/** The golden files pass, and each of the changes, by itself, does not. */
export async function catches(
  id: string,
  type: string,
  faults: Readonly<Record<string, Change>>,
): Promise<void> {
  expect(await found(id)).toEqual([]);
  for (const [name, change] of Object.entries(faults)) {
    expect(await found(id, await planted(type, change)), name).not.toEqual([]);
  }
}

/** In both golden variants, each resource of the type is changed. */
export async function planted(type: string, change: Change): Promise<Infrastructure> {
  const copy: Loose = structuredClone(await golden);
  for (const variant of GOLDEN_VARIANTS) {
    const resources: Loose[] = copy.variants[variant];
    const chosen = resources.filter((resource) => resource.type === type);
    for (const resource of chosen) change(resource, resources);
  }
  expect(copy, "the fault is really in the copy").not.toEqual(await golden);
  return copy;
}

/** A change of the compiled template. */
export async function plantedInTemplate(
  change: (template: Loose) => void,
): Promise<Infrastructure> {
  const copy = structuredClone(await golden);
  change(copy.template);
  return copy;
}
