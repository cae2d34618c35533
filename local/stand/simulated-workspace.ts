// Who may do what in the simulated workspace of the stand: two spaces over the same public data, one warehouse,
// and grants that differ by user so that every kind of refusal can be tried.

import type { Grants, Timings } from "../databricks/options.ts";
import { createDataset } from "../databricks/sql/answer-question.ts";
import {
  type DatabricksSimulator,
  startDatabricksSimulator,
} from "../databricks/start-databricks-simulator.ts";
import type { EntraSimulator } from "../entra/entra-simulator.ts";
import { ANALYST, GATEWAY_API, NO_SPACE, NO_WAREHOUSE, type SimulatedUser } from "../users.ts";

/** Aliases of the stand's spaces; `default` is the one that requests mean without naming any. */
export const SPACE_IDS = {
  default: "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2b",
  showcase: "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2c",
} as const;
const WAREHOUSE_ID = "0123456789abcdef";

const ALL_SPACES = { [SPACE_IDS.default]: "CAN_RUN", [SPACE_IDS.showcase]: "CAN_RUN" } as const;
const EVERYTHING: Grants = { spaces: ALL_SPACES, warehouses: [WAREHOUSE_ID], tables: "all" };

export interface WorkspaceOptions {
  readonly entra: EntraSimulator;
  readonly port?: number;
  readonly questionsPerMinute?: number;
  readonly timings?: Partial<Timings>;
  /** More users who may see everything. */
  readonly moreAnalysts?: readonly SimulatedUser[];
  /** Epoch ms; default Date.now. */
  readonly now?: () => number;
}

const FIRST_MORE_USER_ID = 4757395811000004;

export async function startSimulatedWorkspace(
  options: WorkspaceOptions,
): Promise<DatabricksSimulator> {
  const { moreAnalysts = [], questionsPerMinute, timings, now } = options;
  return startDatabricksSimulator({
    port: options.port ?? 0,
    verifyToken: options.entra.verifyDatabricksToken,
    dataset: await createDataset(),
    spaces: [
      {
        spaceId: SPACE_IDS.default,
        title: "Flights, films, cars and weather",
        description: "Public sample data to ask about.",
        warehouseId: WAREHOUSE_ID,
      },
      {
        spaceId: SPACE_IDS.showcase,
        title: "The same data in a second space",
        warehouseId: WAREHOUSE_ID,
      },
    ],
    warehouses: [{ id: WAREHOUSE_ID, name: "Serverless" }],
    users: [
      user(ANALYST, 4757395811000001, EVERYTHING),
      user(NO_SPACE, 4757395811000002, { ...EVERYTHING, spaces: {} }),
      user(NO_WAREHOUSE, 4757395811000003, { ...EVERYTHING, warehouses: [] }),
      ...moreAnalysts.map((each, index) => user(each, FIRST_MORE_USER_ID + index, EVERYTHING)),
    ],
    servicePrincipals: [
      {
        userId: 4757395811000099,
        clientId: GATEWAY_API.clientId,
        displayName: "Genie Gateway",
        grants: EVERYTHING,
      },
    ],
    ...(questionsPerMinute === undefined ? {} : { questionsPerMinute }),
    ...(timings === undefined ? {} : { timings }),
    ...(now === undefined ? {} : { now }),
  });
}

function user({ objectId, userName, displayName }: SimulatedUser, userId: number, grants: Grants) {
  return { userId, objectId, userName, displayName, grants };
}
