// `npm run infra:check`: everything about the infrastructure that can be known without Azure. `--write` also writes golden files
// and docs/azure-resources.md. Where there is no compiler it says so in one line and counts as not run. It deploys nothing.

import { faultsIn } from "./all-assertions.ts";
import { queriesIn } from "./assertions/alerts.ts";
import { type BicepProcess, startBicep } from "./bicep-process.ts";
import { type FaultCheck, uncaughtFaults } from "./check-faults.ts";
import { readCodeFacts } from "./code-facts.ts";
import { type Compiled, compile, compileCopy, faultsOfFiles } from "./compile.ts";
import { findBicep } from "./find-bicep.ts";
import { staleGolden, writeGolden } from "./golden.ts";
import type { Infrastructure, Variant } from "./infrastructure.ts";
import { createKqlParser, type ParseKql } from "./kql.ts";
import { ENVIRONMENT, parameterFaults, type StartWith } from "./parameter-faults.ts";

const command = findBicep((why) => console.warn(`infra:check NOT RUN: ${why}`));
if (command !== undefined) {
  const start: StartWith = (environment) => startBicep(command, environment);
  await using bicep = start(ENVIRONMENT);
  await check(bicep);
  report("a deployment that lacks something is stopped", await parameterFaults(start));
}

async function check(bicep: BicepProcess): Promise<void> {
  const facts = await readCodeFacts();
  const parse = createKqlParser((why) => console.warn(`infra:check, queries NOT RUN: ${why}`));
  const faultsOf = ({ diagnostics, infrastructure }: Compiled): string[] => [
    ...diagnostics.map((line) => `lint: ${line}`),
    ...(infrastructure === undefined ? [] : faultsIn(infrastructure, facts)),
    ...(infrastructure === undefined || parse === undefined
      ? []
      : queryFaults(infrastructure, parse)),
  ];

  const compiled = await compile(bicep);
  const { infrastructure } = compiled;
  report("compiler, linter and assertions", faultsOf(compiled));
  report("each file: linter and format", await faultsOfFiles(bicep));
  if (infrastructure === undefined) return;
  if (process.argv.includes("--write")) await writeGolden(infrastructure);
  report("golden files and docs/azure-resources.md", await staleGolden(infrastructure));
  const isChecked = (id: string) => id !== "infra.queries" || parse !== undefined;
  const faultCheck: FaultCheck = {
    isChecked,
    checkCopy: async (change, variants) => faultsOf(await compileCopy(bicep, change, variants)),
    checkOriginal: (variants) =>
      faultsOf({ diagnostics: [], infrastructure: only(infrastructure, variants) }),
  };
  report("planted faults are caught", await uncaughtFaults(faultCheck));
}

function only({ template, variants }: Infrastructure, chosen: readonly Variant[]): Infrastructure {
  const kept = chosen.map((variant) => [variant, variants[variant]]);
  return { template, variants: Object.fromEntries(kept) };
}

function queryFaults({ variants }: Infrastructure, parse: ParseKql): string[] {
  const queries = Object.values(variants).flatMap((resources) => queriesIn(resources));
  return [...new Set(queries)].flatMap((query) =>
    parse(query).map((fault) => `infra.queries: ${fault} in: ${query.trim().split("\n").at(-1)}`),
  );
}

function report(what: string, faults: readonly string[]): void {
  console.info(`${faults.length === 0 ? "ok" : "FAULTY"}: ${what}`);
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
