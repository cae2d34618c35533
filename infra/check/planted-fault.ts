// The form of a planted fault: a piece of text in a file of infra/, what stands there instead, and who must see it. It changes
// nothing itself.

import type { Variant } from "./infrastructure.ts";

export interface PlantedFault {
  /** From infra/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Requirement that must catch it; `lint`: the compiler itself. */
  readonly caughtBy: string;
  /** Words of the message, where a person who deploys reads it. */
  readonly says?: string;
  /** Variants that are compiled for it, fewer are faster; else those of the golden files. */
  readonly seenIn?: readonly Variant[];
}
