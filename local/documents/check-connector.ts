// `npm run check:connector`: the connector against Microsoft's own JSON schemas (github.com/microsoft/PowerPlatformConnectors,
// folder `schemas`). They are not ours, so they are not in this repository: a copy is looked for beside it, or where
// CONNECTOR_SCHEMAS says. Where there is none, it says so loudly. The rules of certification are in the tests.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import Ajv4 from "ajv-draft-04";
import addFormats from "ajv-formats";

const repository = path.resolve(import.meta.dirname, "../..");
const connector = path.join(repository, "infra/connector");
const schemas = process.env.CONNECTOR_SCHEMAS ?? path.resolve(repository, "../shared/schemas");

/** The schema of October 2024 does not know these, which the documentation asks for (connectors.md §2.6). */
const NEWER_THAN_SCHEMA = new Set(["IsOnbehalfofLoginSupported", "enableOnbehalfOfLogin"]);
const withoutNewer = (key: string, value: unknown): unknown => {
  if (NEWER_THAN_SCHEMA.has(key)) return undefined;
  return value === "GlobalPerConnector" ? "Global" : value;
};

const CHECKS = [
  { file: "apiDefinition.swagger.json", schema: "apiDefinition.swagger.schema.json" },
  { file: "apiProperties.json", schema: "paconn-apiProperties.schema.json" },
];

for (const { file, schema } of CHECKS) {
  const source = path.join(schemas, schema);
  if (existsSync(source)) report(file, faultsIn(file, readCommented(source)));
  else
    console.warn(`${file}: Microsoft's schema NOT RUN, there is no ${schema} (CONNECTOR_SCHEMAS)`);
}

/** JSON with comments, as these files are: a comment begins outside of a string. */
function readCommented(file: string): Record<string, unknown> {
  const text = readFileSync(file, "utf8").replace(
    /("(?:\\.|[^"\\])*")|\/\/[^\n]*/g,
    (_all, string?: string) => string ?? "",
  );
  return JSON.parse(text);
}

function faultsIn(file: string, { id: _id, ...schema }: Record<string, unknown>): string[] {
  const isDraft4 = String(schema.$schema).includes("draft-04");
  const options = { strict: false, allErrors: true };
  const ajv = isDraft4 ? new Ajv4.default(options) : new Ajv.default(options);
  addFormats.default(ajv);
  ajv.validate(schema, JSON.parse(readFileSync(path.join(connector, file), "utf8"), withoutNewer));
  return (ajv.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

function report(file: string, faults: readonly string[]): void {
  console.info(`${file}: ${faults.length} faults by Microsoft's schema`);
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
