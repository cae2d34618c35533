// The ids in a path. Only names that the route declares are read: with HTTP streaming the host also puts
// query and body fields into `params` (functions-host.md §4.4).

import { pathParameterNames, pathParameterRule } from "../contracts/path-parameters.ts";
import { AppError } from "../errors/app-error.ts";

/** @throws AppError the 404 of the first id that has not the right form, or has no rule at all. */
export function readPathParameters(
  template: string,
  params: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = pathParameterNames(template);
  return Object.fromEntries(names.map((name) => [name, checked(name, params)]));
}

function checked(name: string, params: Readonly<Record<string, string>>): string {
  const rule = pathParameterRule(name);
  if (rule === undefined) throw new Error(`no rule for the path parameter ${name}`);
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (value !== undefined && rule.pattern.test(value)) {
    return rule.isHexadecimal ? value.toLowerCase() : value;
  }
  if (rule.code === undefined || rule.detail === undefined) {
    throw new Error(`the path parameter ${name} is missing`);
  }
  throw new AppError({ code: rule.code, detail: rule.detail });
}
