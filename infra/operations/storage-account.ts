// The form of a storage account's name, which is also part of the address that a script calls: nothing else gets in there.

import type { Rule } from "../cli/option-rules.ts";

export const STORAGE_ACCOUNT: Rule = {
  form: /^[a-z0-9]{3,24}$/,
  says: "the account's name: small letters, digits",
};
