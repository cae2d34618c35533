// Compiles infra/, or a copy with a fault in it: what compiler and linter say, the template, and the predicted resources of
// each variant. It writes nothing but its copies, which it removes.

import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BicepProcess } from "./bicep-process.ts";
import {
  INFRA,
  type Infrastructure,
  type Resource,
  VARIANTS,
  type Variant,
} from "./infrastructure.ts";
import { linterRuleFaults } from "./linter-rules.ts";

/** Invented, and the same on every machine: names and ids of the golden files are made from them. */
const PLACE = {
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  tenantId: "00000000-0000-0000-0000-000000000002",
  resourceGroup: "rg-genie",
  location: "westeurope",
  deploymentName: "main",
};

export interface Compiled {
  /** Everything that compiler and linter say, warnings too: a misspelt property is one. Empty when all is well. */
  readonly diagnostics: readonly string[];
  /** undefined when it does not compile. */
  readonly infrastructure?: Infrastructure;
}

/** Each in a copy of its own: the process remembers the files that it has read. */
export async function compileCopy(
  bicep: BicepProcess,
  change: (folder: string) => Promise<void>,
  variants: readonly Variant[],
): Promise<Compiled> {
  const folder = await mkdtemp(path.join(tmpdir(), "genie-infra-"));
  try {
    await cp(INFRA, folder, { recursive: true });
    await change(folder);
    return await compile(bicep, folder, variants);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function compile(
  bicep: BicepProcess,
  folder = INFRA,
  variants: readonly Variant[] = VARIANTS,
): Promise<Compiled> {
  const { contents, diagnostics: told } = await bicep.call("compile", {
    path: path.join(folder, "main.bicep"),
  });
  const compilerSays = told.map(({ source, range, level, code, message }) => {
    const place = `${path.relative(folder, source)}:${range.start.line + 1}`;
    return `${place}: ${level} ${code}: ${message}`;
  });
  const diagnostics = [...(await linterRuleFaults(folder)), ...compilerSays];
  if (contents === undefined) return { diagnostics };
  try {
    const predicted = variants.map(async (variant) => {
      const resources = await predict(bicep, path.join(folder, `variants/${variant}.bicepparam`));
      return [variant, resources] as const;
    });
    const template = JSON.parse(contents);
    const found = Object.fromEntries(await Promise.all(predicted));
    return { diagnostics, infrastructure: { template, variants: found } };
  } catch (error) {
    return { diagnostics: [...diagnostics, `variants: ${String(error)}`] };
  }
}

async function predict(bicep: BicepProcess, file: string): Promise<readonly Resource[]> {
  const request = { path: file, metadata: PLACE, externalInputs: [] } as const;
  const { snapshot } = await bicep.call("getSnapshot", request);
  return JSON.parse(snapshot).predictedResources;
}

/** Of each file by itself, parameter files and modules that nobody uses too: what the linter says, and whether it is formatted. */
export async function faultsOfFiles(bicep: BicepProcess): Promise<string[]> {
  const all = await readdir(INFRA, { recursive: true });
  const files = all.filter((file) => /\.bicep(param)?$/.test(file));
  const faults = files.map(async (file) => {
    const target = path.join(INFRA, file);
    const { diagnostics } = file.endsWith("param")
      ? await bicep.call("compileParams", { path: target, parameterOverrides: {} })
      : await bicep.call("compile", { path: target });
    const { contents } = await bicep.call("format", { path: target });
    const isFormatted = contents === (await readFile(target, "utf8"));
    return [
      ...diagnostics.map(({ level, code, message }) => `${file}: ${level} ${code}: ${message}`),
      ...(isFormatted ? [] : [`${file} is not as \`bicep format\` writes it`]),
    ];
  });
  return (await Promise.all(faults)).flat();
}
