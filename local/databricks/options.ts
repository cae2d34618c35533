// Everything that can be set when the simulated workspace starts, and its defaults.

import type { Dataset } from "./dataset.ts";
import type { DownloadFormat } from "./results/statement-store.ts";

/** Levels of a Genie space, weakest first. CAN_VIEW and CAN_RUN allow the same (genie-api.md §5). */
export const SPACE_LEVELS = ["CAN_VIEW", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE"] as const;
export type SpaceLevel = (typeof SPACE_LEVELS)[number];

export interface Grants {
  /** Space id → level. */
  readonly spaces: Readonly<Record<string, SpaceLevel>>;
  /** Ids of warehouses with CAN USE. */
  readonly warehouses: readonly string[];
  /** Tables with SELECT; compared by their last name part. */
  readonly tables: readonly string[] | "all";
}

export interface SimulatedUser {
  /** Databricks' own id of the user: an integer. */
  readonly userId: number;
  /** Entra object id: how a token names the user. */
  readonly objectId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly grants: Grants;
  readonly groups?: readonly string[];
  /** Default true. An inactive user gets 403 for everything but SCIM Me. */
  readonly active?: boolean;
  /** Default true. False: the token is good, but nobody added the user to the workspace. */
  readonly inWorkspace?: boolean;
}

export interface SimulatedServicePrincipal extends Omit<SimulatedUser, "objectId" | "userName"> {
  readonly clientId: string;
}

export interface SimulatedSpace {
  readonly spaceId: string;
  readonly title: string;
  readonly description?: string;
  readonly warehouseId: string;
  readonly parentPath?: string;
  /** Named in `serialized_space`. */
  readonly tables?: readonly string[];
}

export type WarehouseState = "RUNNING" | "STARTING" | "STOPPED" | "STOPPING";
export interface SimulatedWarehouse {
  readonly id: string;
  readonly name: string;
  readonly state?: WarehouseState;
}

export type TokenVerdict =
  | { readonly kind: "user"; readonly objectId: string }
  | { readonly kind: "app"; readonly clientId: string }
  | { readonly kind: "invalid" }
  | { readonly kind: "wrong_audience"; readonly audience?: string }
  | { readonly kind: "missing_scope"; readonly scope: string };

/** Times in ms. `scale` multiplies all of them, so that 0.001 makes an answer of 15 s take 15 ms. */
export interface Timings {
  readonly seed: number;
  readonly scale: number;
  /** Shortest and longest time of one answer with SQL (measured: 12–19 s, genie-api.md §1.4). */
  readonly answerMs: readonly [number, number];
  /** How long SQL runs that is executed by itself: rerun, statement API, full download. */
  readonly statementMs: number;
  readonly downloadMs: number;
}
export const DEFAULT_TIMINGS: Timings = {
  seed: 1,
  scale: 1,
  answerMs: [12_000, 19_000],
  statementMs: 1_500,
  downloadMs: 4_000,
};

/** Where sources contradict each other or say nothing, the workspace can behave either way. */
export interface Behaviour {
  readonly noSpaceGrant: "permission_denied" | "not_found";
  /** `refuse`: 403 to the ask. `fail_message`: FAILED with WAREHOUSE_ACCESS_MISSING_EXCEPTION. */
  readonly noWarehouseGrant: "refuse" | "fail_message";
  /** A second question while one runs: 409, or FAILED with BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION. */
  readonly busyConversation: "conflict" | "fail_message";
  readonly notInWorkspace: "json" | "html";
  readonly sendRetryAfter: boolean;
  readonly expiredResult: "invalid_state" | "not_found" | "closed";
  readonly downloadFormat: DownloadFormat;
  readonly rowsPerDownloadLink: number;
  /** How many chunks one reply gives links to. */
  readonly linksPerReply: number;
  /** `http_headers` of the links; their files are refused without them. Names in lower case. */
  readonly downloadHeaders: Readonly<Record<string, string>>;
  readonly downloadLinkMs: number;
}
export const DEFAULT_BEHAVIOUR: Behaviour = {
  noSpaceGrant: "permission_denied",
  noWarehouseGrant: "refuse",
  busyConversation: "conflict",
  notInWorkspace: "json",
  sendRetryAfter: true,
  expiredResult: "invalid_state",
  downloadFormat: "JSON_ARRAY",
  rowsPerDownloadLink: 50_000,
  linksPerReply: 1,
  downloadHeaders: {},
  downloadLinkMs: 15 * 60_000,
};

export interface DatabricksSimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Value of X-Databricks-Org-Id. */
  readonly workspaceId?: string;
  verifyToken(token: string): TokenVerdict | Promise<TokenVerdict>;
  readonly users: readonly SimulatedUser[];
  readonly servicePrincipals: readonly SimulatedServicePrincipal[];
  readonly spaces: readonly SimulatedSpace[];
  readonly warehouses: readonly SimulatedWarehouse[];
  readonly dataset: Dataset;
  /** Questions in any 60 s, over the whole workspace. Default 5; 0 = unlimited. */
  readonly questionsPerMinute?: number;
  readonly timings?: Partial<Timings>;
  readonly behaviour?: Partial<Behaviour>;
  /** Epoch ms; default Date.now. */
  readonly now?: () => number;
}
