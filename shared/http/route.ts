// A route as the way of a request sees it: the contract, the app behind it and the use case. Types alone.

import type { RouteAuth, RouteContract } from "../contracts/route-contract.ts";
import type { RouteHost } from "./route-host.ts";
import type { Reply, RouteInput } from "./route-input.ts";

/** A contract with its use case: all that serving a request needs. */
export interface Route<Endpoints, Auth extends RouteAuth, Params, Query, Body> {
  readonly contract: RouteContract<Auth, Params, Query, Body>;
  readonly load: () => Promise<RouteHost<Endpoints>>;
  readonly handle: (
    endpoints: Endpoints,
    input: RouteInput<Auth, Params, Query, Body>,
  ) => Promise<Reply>;
}
