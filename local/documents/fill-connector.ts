// `npm run connector -- --host … --tenant-id … --gateway-client-id … --connector-client-id …`: the connector for one
// gateway, ready to be imported. It takes no secret: the Power Platform asks for that when the connector is made.

import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { fillApiProperties, fillDefinition, readGatewayFacts } from "./connector-facts.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const source = path.join(repository, "infra/connector");
const target = path.join(repository, ".local/connector");

const OPTIONS = {
  host: { type: "string" },
  "tenant-id": { type: "string" },
  "gateway-client-id": { type: "string" },
  "connector-client-id": { type: "string" },
} as const;

const readJson = async (file: string) =>
  JSON.parse(await readFile(path.join(source, file), "utf8"));
const writeJson = async (file: string, value: unknown) =>
  writeFile(path.join(target, file), `${JSON.stringify(value, null, 2)}\n`);

try {
  const facts = readGatewayFacts(parseArgs({ options: OPTIONS }).values);
  await mkdir(target, { recursive: true });
  const definition = await readJson("apiDefinition.swagger.json");
  await writeJson("apiDefinition.swagger.json", fillDefinition(definition, facts));
  const properties = await readJson("apiProperties.json");
  await writeJson("apiProperties.json", fillApiProperties(properties, facts));
  await cp(path.join(source, "icon.png"), path.join(target, "icon.png"));
  console.info(`The connector is in ${path.relative(process.cwd(), target)}. Next:

  pac connector create --api-definition-file ${path.relative(process.cwd(), path.join(target, "apiDefinition.swagger.json"))} \\
    --api-properties-file ${path.relative(process.cwd(), path.join(target, "apiProperties.json"))} \\
    --icon-file ${path.relative(process.cwd(), path.join(target, "icon.png"))}

then give it the connector application's secret (infra/connector/README.md).`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
