// Which npm packages a bundle loads before the first request: those in its entry file and in all chunks that it
// imports statically. Reads esbuild's metafile; chunks behind `import()` do not count.

import type { Metafile } from "esbuild";

/** Sorted package names. Throws when the metafile has no such output. */
export function packagesAtStartup(metafile: Metafile, entryFile: string): string[] {
  const entry = Object.keys(metafile.outputs).find(
    (output) => output === entryFile || output.endsWith(`/${entryFile}`),
  );
  if (entry === undefined) {
    throw new Error(`The build has no output '${entryFile}'`);
  }
  const names = staticClosure(metafile, entry).flatMap((output) =>
    Object.keys(metafile.outputs[output]?.inputs ?? {}).flatMap((input) => packageOf(input) ?? []),
  );
  return [...new Set(names)].sort();
}

function staticClosure({ outputs }: Metafile, entry: string): string[] {
  const seen = new Set([entry]);
  // A Set visits what is added while it is walked.
  for (const output of seen) {
    for (const { path, kind, external } of outputs[output]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) {
        seen.add(path);
      }
    }
  }
  return [...seen];
}

function packageOf(input: string): string | undefined {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return name;
}
