// The workspace of the local stand: one space on one warehouse, and what each of the stand's people may do there.
// Fixed ids, so that what one writes down today works tomorrow.

import { ANALYST, GATEWAY_API, NO_SPACE, NO_WAREHOUSE } from "../users.ts";
import type {
  DatabricksSimulatorOptions,
  Grants,
  SimulatedSpace,
  SimulatedWarehouse,
} from "./options.ts";

const STAND_WAREHOUSE: SimulatedWarehouse = {
  id: "0123456789abcdef",
  name: "Serverless Starter Warehouse",
};

export const STAND_SPACE: SimulatedSpace = {
  spaceId: "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2b",
  title: "Public data",
  description: "Flights, movies, cars and weather: public data sets to try questions on.",
  warehouseId: STAND_WAREHOUSE.id,
};

const EVERYTHING: Grants = {
  spaces: { [STAND_SPACE.spaceId]: "CAN_RUN" },
  warehouses: [STAND_WAREHOUSE.id],
  tables: "all",
};

/** Principals, space and warehouse; token check, dataset and timings are the stand's to add. */
export const STAND_WORKSPACE: Pick<
  DatabricksSimulatorOptions,
  "users" | "servicePrincipals" | "spaces" | "warehouses"
> = {
  users: [
    { ...ANALYST, userId: 4_757_395_811_000_001, grants: EVERYTHING },
    { ...NO_SPACE, userId: 4_757_395_811_000_002, grants: { ...EVERYTHING, spaces: {} } },
    { ...NO_WAREHOUSE, userId: 4_757_395_811_000_003, grants: { ...EVERYTHING, warehouses: [] } },
  ],
  servicePrincipals: [
    {
      clientId: GATEWAY_API.clientId,
      displayName: "Genie Gateway",
      userId: 4_757_395_811_000_004,
      grants: EVERYTHING,
    },
  ],
  spaces: [STAND_SPACE],
  warehouses: [STAND_WAREHOUSE],
};
