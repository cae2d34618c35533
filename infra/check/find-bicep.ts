// Gets the Bicep compiler: the one on PATH if it has the wanted version, else from NuGet into .tools (infra.md 7). Golden
// files are made with one version; another one writes them differently.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(import.meta.dirname, "../..");
const BICEP_VERSION = "0.49.2";
const restored = path.join(
  repository,
  `.tools/azure.bicep.commandline.linux-x64/${BICEP_VERSION}/tools/bicep`,
);

/** Path of the program; undefined where there is none, and then `tell` has been told why. */
export function findBicep(tell: (why: string) => void): string | undefined {
  return ["bicep", restored].find(hasWantedVersion) ?? restoreFromNuGet(tell);
}

function hasWantedVersion(command: string): boolean {
  try {
    const text = execFileSync(command, ["--version"], { encoding: "utf8", stdio: "pipe" });
    return text.includes(` ${BICEP_VERSION} `);
  } catch {
    return false;
  }
}

/** The package holds the program alone, for Linux on x64: elsewhere `bicep` must be on PATH. */
function restoreFromNuGet(tell: (why: string) => void): string | undefined {
  const project = path.join(repository, "tools/bicep/bicep.csproj");
  const folder = path.join(repository, ".tools");
  try {
    execFileSync("dotnet", ["restore", project, "--packages", folder, "-v", "q"], {
      stdio: "pipe",
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    tell(`no bicep ${BICEP_VERSION} on PATH, and not from NuGet: ${reason}`);
    return undefined;
  }
  if (existsSync(restored)) chmodSync(restored, 0o755);
  if (hasWantedVersion(restored)) return restored;
  tell(`no bicep ${BICEP_VERSION} on PATH, and the one from NuGet does not run here`);
  return undefined;
}
