// Plants each fault in a copy, compiles that, and tells which were not caught by what should catch them. What is found without any
// fault counts for nothing.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { GOLDEN_VARIANTS, type Variant } from "./infrastructure.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { PLANTED_FAULTS } from "./planted-faults.ts";

export interface FaultCheck {
  /** What is wrong with a copy in which `change` was done, each with the id in front. */
  readonly checkCopy: (
    change: (folder: string) => Promise<void>,
    variants: readonly Variant[],
  ) => Promise<readonly string[]>;
  /** The same of the files as they are, of these variants alone. */
  readonly checkOriginal: (variants: readonly Variant[]) => readonly string[];
  readonly isChecked: (id: string) => boolean;
}

/** The compiler uses both cores of a small machine then. */
const AT_A_TIME = 2;

export async function uncaughtFaults(check: FaultCheck): Promise<string[]> {
  const faults = PLANTED_FAULTS.filter(({ caughtBy }) => check.isChecked(caughtBy)).values();
  const uncaught: string[] = [];
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    for (const fault of faults) {
      if (!(await isCaught(fault, check)))
        uncaught.push(`${fault.caughtBy} does not see: ${fault.file}, ${fault.to}`);
    }
  });
  await Promise.all(workers);
  return uncaught;
}

async function isCaught(
  fault: PlantedFault,
  { checkCopy, checkOriginal }: FaultCheck,
): Promise<boolean> {
  const variants = fault.seenIn ?? GOLDEN_VARIANTS;
  const before = checkOriginal(variants);
  const found = await checkCopy((folder) => plant(fault, path.join(folder, fault.file)), variants);
  return found.some(
    (each) =>
      !before.includes(each) &&
      each.startsWith(`${fault.caughtBy}:`) &&
      each.includes(fault.says ?? ""),
  );
}

async function plant({ from, to }: PlantedFault, file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no text to plant a fault in: ${from}`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
}
