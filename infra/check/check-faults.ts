// Plants each fault in a copy, compiles that, and tells which were not caught by what should catch them.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PLANTED_FAULTS, type PlantedFault } from "./planted-faults.ts";

/** What is wrong with a copy in which `change` was done, each with the id in front. */
export type CheckCopy = (change: (folder: string) => Promise<void>) => Promise<readonly string[]>;

export async function uncaughtFaults(
  checkCopy: CheckCopy,
  isChecked: (id: string) => boolean,
): Promise<string[]> {
  const uncaught: string[] = [];
  for (const fault of PLANTED_FAULTS.filter(({ caughtBy }) => isChecked(caughtBy))) {
    const found = await checkCopy((folder) => plant(fault, path.join(folder, fault.file)));
    const isCaught = found.some(
      (each) => each.startsWith(`${fault.caughtBy}:`) && each.includes(fault.says ?? ""),
    );
    if (!isCaught) uncaught.push(`${fault.caughtBy} does not see: ${fault.file}, ${fault.to}`);
  }
  return uncaught;
}

async function plant({ from, to }: PlantedFault, file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no text to plant a fault in: ${from}`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
}
