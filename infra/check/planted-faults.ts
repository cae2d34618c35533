// Faults in the Bicep itself, one for each kind of mistake that the compiler lets pass or only warns about: in a copy, each
// must turn the check red, or the check is worth nothing. Faults in the compiled JSON are in the tests.

import { ACCESS_FAULTS } from "./faults/access-faults.ts";
import { ALERT_FAULTS } from "./faults/alert-faults.ts";
import { APP_FAULTS } from "./faults/app-faults.ts";
import type { PlantedFault } from "./planted-fault.ts";

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  ...ACCESS_FAULTS,
  ...APP_FAULTS,
  ...ALERT_FAULTS,
];
