// The forms that options may have, with a sentence for each, and the reading of a command line by them: all faults
// are named at once, and no value is repeated.

import { type ParseArgsConfig, parseArgs } from "node:util";

export interface Rule {
  readonly form: RegExp;
  readonly says: string;
}

export const GUID: Rule = {
  form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  says: "a GUID",
};
export const HTTPS_ORIGIN: Rule = {
  form: /^https:\/\/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(:\d{1,5})?$/,
  says: "an https address in small letters without a path, as https://my-gateway.azurewebsites.net",
};
/** What the gateway takes as PUBLIC_BASE_URL in Azure: behind API Management it has a path. */
export const HTTPS_BASE: Rule = {
  form: /^https:\/\/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(:\d{1,5})?(\/[\w.~-]+)*\/*$/i,
  says: "an https address without a query, as https://my-gateway.azurewebsites.net or https://api.example.com/genie",
};

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** Wrong use of the command line. */
export class WrongOptions extends Error {
  override readonly name = "WrongOptions";
}

export interface OptionRules {
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly required: readonly string[];
  /** A dry run that reads needs them too; others suppose what is not given. */
  readonly readsInDryRun?: boolean;
  /** What single options cannot say: a sentence for each combination that cannot be carried out. */
  readonly conflicts?: (values: Values) => readonly string[];
}

/** @throws WrongOptions that names every fault */
export function readOptions(
  args: readonly string[],
  { options, rules, required, readsInDryRun = false, conflicts = () => [] }: OptionRules,
) {
  const values = parse(args, options);
  if (values.help === true) return values;
  const needed = values["dry-run"] === true && !readsInDryRun ? [] : required;
  const missing = needed.filter((name) => values[name] === undefined);
  const faults = [
    ...missing.map((name) => `--${name} is needed`),
    ...Object.entries(rules)
      .filter(([name, { form }]) => textsOf(values, name).some((text) => !form.test(text)))
      .map(([name, { says }]) => `--${name} must be ${says}`),
    ...conflicts(values),
  ];
  if (faults.length > 0) throw new WrongOptions(faults.join("\n"));
  return values;
}

function parse(args: readonly string[], options: OptionRules["options"]): Values {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new WrongOptions(error instanceof Error ? error.message : "cannot be read", {
      cause: error,
    });
  }
}

/** The texts given for an option, in order. */
export function textsOf(values: Values, name: string): string[] {
  return [values[name]].flat().filter((value) => typeof value === "string");
}

export function textOf(values: Values, name: string): string | undefined {
  return textsOf(values, name).at(-1);
}
