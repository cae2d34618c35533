// The queries of alerts and workbook, read by the parser of their language (Microsoft's own, installed on first use from
// tools/kql) with the columns of the tables that they read. A query that names a column that is not there would be deployed
// and never fire. Where the parser cannot be installed it says so.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const tools = path.resolve(import.meta.dirname, "../../tools/kql");
const PARSER = "@kusto/language-service-next";

/** Of Azure Monitor's documentation: the columns that a query may use. */
const TABLES = {
  AppTraces:
    "(TimeGenerated:datetime, Message:string, SeverityLevel:int, OperationId:string, ParentId:string, AppRoleName:string, AppRoleInstance:string, Properties:dynamic)",
  AppMetrics:
    "(TimeGenerated:datetime, Name:string, ItemCount:int, Sum:real, Min:real, Max:real, AppRoleName:string, AppRoleInstance:string, Properties:dynamic)",
  // A function of the workspace, with the columns of a table.
  _LogOperation:
    "(TimeGenerated:datetime, Category:string, Operation:string, Level:string, Detail:string, _ResourceId:string)",
};

/** The part of the library that is used; it comes without types that a module could import. */
interface Kusto {
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly KustoCode: {
    ParseAndAnalyze(
      text: string,
      globals: unknown,
    ): {
      GetDiagnostics(): { readonly Count: number; getItem(index: number): { Message: string } };
    };
  };
  readonly Symbols: {
    readonly TableSymbol: { $ctor7: new (name: string, schema: string, text: null) => object };
    readonly DatabaseSymbol: { $ctor1: new (name: string, tables: object[]) => object };
  };
}

/** What is wrong with a query. */
export type ParseKql = (query: string) => string[];

/** undefined where there is no parser, and then `tell` has been told why. */
export function createKqlParser(tell: (why: string) => void): ParseKql | undefined {
  try {
    const { GlobalState, KustoCode, Symbols } = loadParser();
    const tables = Object.entries(TABLES).map(
      ([name, columns]) => new Symbols.TableSymbol.$ctor7(name, columns, null),
    );
    const database = new Symbols.DatabaseSymbol.$ctor1("logs", tables);
    const globals = GlobalState.Default.WithDatabase(database);
    return (query) => {
      const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
      return Array.from({ length: found.Count }, (_, index) => found.getItem(index).Message);
    };
  } catch (error) {
    tell(`the parser of queries cannot be had: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}

function loadParser(): Kusto {
  if (!existsSync(path.join(tools, "node_modules", PARSER))) {
    const args = ["ci", "--prefix", tools, "--no-audit", "--no-fund"];
    execFileSync("npm", args, { stdio: "pipe", shell: process.platform === "win32" });
  }
  const require = createRequire(path.join(tools, "package.json"));
  require(`${PARSER}/bridge.min.js`); // both put themselves into the global object
  require(`${PARSER}/Kusto.Language.Bridge.min.js`);
  return Reflect.get(globalThis, "Kusto").Language;
}
