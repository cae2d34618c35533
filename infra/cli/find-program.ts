// Where a program is on PATH, as a file that can be started without a shell.
//
// Azure CLI on Windows is `az.cmd`. Node refuses to start a .cmd without a shell (CVE-2024-27980), and cmd.exe reads
// & and % in arguments as its own. az.cmd does nothing but start the Python beside it, so that is started instead.

import path from "node:path";
import type { Program } from "./call.ts";

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** The value of PATH. */
  readonly searchPath: string;
  readonly exists: (file: string) => boolean;
}

export interface Startable {
  readonly file: string;
  readonly leadingArgs: readonly string[];
}

/** Undefined: it is not on PATH, or not in a form that can be started safely. */
export function findProgram(program: Program, around: Surroundings): Startable | undefined {
  const { platform, searchPath, exists } = around;
  const isWindows = platform === "win32";
  const { join, delimiter, isAbsolute } = isWindows ? path.win32 : path.posix;
  // A relative folder on PATH would run whatever lies in the folder one stands in.
  const folders = searchPath.split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const file = join(folder, isWindows ? `${program}.exe` : program);
    if (exists(file)) return { file, leadingArgs: [] };
    const python = join(folder, "..", "python.exe");
    if (isWindows && program === "az" && exists(join(folder, "az.cmd")) && exists(python)) {
      return { file: python, leadingArgs: ["-IBm", "azure.cli"] };
    }
  }
  return undefined;
}

const WHERE: Readonly<Record<Program, string>> = {
  az: "https://learn.microsoft.com/cli/azure/install-azure-cli",
  databricks: "https://docs.databricks.com/dev-tools/cli/install.html",
};

export function missingProgram(program: Program): string {
  return `${program} is not on PATH, or was installed in a way that cannot be started without a shell. Install it: ${WHERE[program]}`;
}
