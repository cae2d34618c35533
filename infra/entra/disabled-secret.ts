// A secret that somebody disabled in the vault, after a leak for example. It is left as it is and told: replacing it
// unasked would undo what a person did on purpose, and make old data unreadable while nobody looks.

import type { Done } from "../cli/steps.ts";

/** @param what the word of `--rotate` */
export function leftDisabled(vault: string, name: string, what: string): Done<undefined> {
  const command = `az keyvault secret set-attributes --vault-name ${vault} --name ${name} --enabled true`;
  return {
    value: undefined,
    outcome: "left",
    detail: `${name} is disabled in the vault`,
    todo: `${name} was disabled in the vault ${vault}. Replace it: run this with --rotate ${what}. Or enable it again: ${command}`,
  };
}
