// The command line of the Databricks script: options and their checks. Touches nothing outside.

import {
  GUID,
  HTTPS_ORIGIN,
  type Rule,
  readOptions,
  textOf,
  textsOf,
} from "../cli/option-rules.ts";
import { placeholder } from "../cli/placeholders.ts";

export interface DatabricksOptions {
  readonly isDryRun: boolean;
  readonly workspaceUrl: string;
  /** A profile of Databricks CLI; without one it signs in as it does by itself. */
  readonly profile?: string;
  readonly clientId: string;
  readonly name: string;
  readonly group?: string;
  readonly spaceIds: readonly string[];
  /** Empty: those of the spaces. */
  readonly warehouseIds: readonly string[];
  /** `catalog.schema`: everything in it. */
  readonly schemas: readonly string[];
  /** `catalog.schema.table`. */
  readonly tables: readonly string[];
}

const OPTIONS = {
  "workspace-url": { type: "string" },
  profile: { type: "string" },
  "client-id": { type: "string" },
  name: { type: "string", default: "genie-gateway" },
  group: { type: "string" },
  "space-id": { type: "string", multiple: true },
  "warehouse-id": { type: "string", multiple: true },
  schema: { type: "string", multiple: true },
  table: { type: "string", multiple: true },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** One part of a name in Unity Catalog: no dots, slashes or blanks, and no hyphen in front, which is an option's. */
const PART = "(?!-)[^\\s./\\x00-\\x1f\\x7f`'\"\\\\]{1,255}";

const RULES: Readonly<Record<string, Rule>> = {
  "workspace-url": HTTPS_ORIGIN,
  profile: { form: /^\w[\w.@-]{0,99}$/, says: "a profile's name" },
  "client-id": GUID,
  name: { form: /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/, says: "1 to 100 letters, digits, . _ -" },
  // Goes into a filter between double quotes, into printed commands between single ones, into SQL between backticks.
  group: {
    form: /^[^"'`\\\p{Cc}]{1,255}$/u,
    says: "a group's name, without quotes, backticks and \\",
  },
  "space-id": { form: /^[0-9a-f]{32}$/, says: "32 hexadecimal characters" },
  "warehouse-id": { form: /^[0-9a-f]{16}$/, says: "16 hexadecimal characters" },
  schema: { form: new RegExp(`^${PART}\\.${PART}$`), says: "catalog.schema" },
  table: { form: new RegExp(`^${PART}\\.${PART}\\.${PART}$`), says: "catalog.schema.table" },
};

/** Undefined: help was asked for. @throws WrongOptions */
export function readDatabricksOptions(args: readonly string[]): DatabricksOptions | undefined {
  const required = ["workspace-url", "client-id", "space-id"];
  const values = readOptions(args, { options: OPTIONS, rules: RULES, required });
  if (values.help === true) return undefined;
  const isDryRun = values["dry-run"] === true;
  const orPlanned = (name: string, planned: () => string): string =>
    textOf(values, name) ?? (isDryRun ? planned() : "");
  const spaceIds = textsOf(values, "space-id");
  const schemas = textsOf(values, "schema");
  const tables = textsOf(values, "table");
  const hasData = schemas.length > 0 || tables.length > 0;
  const [profile, group] = [textOf(values, "profile"), textOf(values, "group")];
  return {
    isDryRun,
    workspaceUrl: orPlanned("workspace-url", plannedWorkspace),
    ...(profile === undefined ? {} : { profile }),
    clientId: orPlanned("client-id", plannedClientId).toLowerCase(),
    name: textOf(values, "name") ?? "",
    ...(group === undefined ? {} : { group }),
    spaceIds: spaceIds.length === 0 && isDryRun ? [plannedSpace()] : spaceIds,
    warehouseIds: textsOf(values, "warehouse-id"),
    schemas: hasData || !isDryRun ? schemas : [plannedSchema()],
    tables,
  };
}

const plannedWorkspace = () =>
  placeholder("workspace url", "--workspace-url: the address of the workspace in the browser");
const plannedClientId = () =>
  placeholder("client id", "--client-id: CLIENT_ID, as npm run setup:entra printed it");
const plannedSpace = () =>
  placeholder("space id", "--space-id: in the address of the Genie space, after /genie/rooms/");
const plannedSchema = () => {
  const catalog = placeholder("catalog", "--schema: the part before the dot");
  return `${catalog}.${placeholder("schema", "--schema: the part behind it, where the space's tables are; or --table catalog.schema.table")}`;
};
