// The rules of Bicep's linter that must be errors, so that nobody switches one off beside the fault that it would see. It reads
// bicepconfig.json and changes nothing.

import { readFile } from "node:fs/promises";
import path from "node:path";

/** Separated by blanks. The linter knows two more, which are off: descriptions of variables, and API versions by their age. */
const ERRORS = `
adminusername-should-not-be-literal
artifacts-parameters
decompiler-cleanup
explicit-values-for-loc-params
max-asserts
max-outputs
max-params
max-resources
max-variables
nested-deployment-template-scoping
no-conflicting-metadata
no-conflicting-version-constraints
no-deployments-resources
no-explicit-any
no-hardcoded-env-urls
no-hardcoded-location
no-hardcoded-outputs
no-incompatible-entrypoint-version
no-loc-expr-outside-params
no-module-name
no-unnecessary-dependson
no-unused-existing-resources
no-unused-imports
no-unused-params
no-unused-types
no-unused-vars
outputs-should-not-contain-secrets
prefer-interpolation
prefer-unquoted-property-names
protect-commandtoexecute-secrets
secure-parameter-default
secure-params-in-nested-deploy
secure-params-in-parameters-file
secure-secrets-in-params
simplify-interpolation
simplify-json-null
stacks-extensibility-compat
use-description-outputs
use-description-params
use-description-type-properties
use-description-types
use-parent-property
use-recent-az-powershell-version
use-recent-module-versions
use-recognized-resource-type
use-resource-id-functions
use-resource-symbol-reference
use-safe-access
use-secure-value-for-secure-inputs
use-stable-resource-identifiers
use-stable-vm-image
use-user-defined-types
what-if-short-circuiting
`;

export async function linterRuleFaults(folder: string): Promise<string[]> {
  const { analyzers } = JSON.parse(await readFile(path.join(folder, "bicepconfig.json"), "utf8"));
  const { enabled, rules } = analyzers.core;
  const missing = ERRORS.trim()
    .split(/\s+/)
    .filter((name) => rules[name]?.level !== "error");
  return [
    ...(enabled === true ? [] : ["bicepconfig.json: the linter is off"]),
    ...missing.map((name) => `bicepconfig.json: ${name} is no error`),
  ];
}
