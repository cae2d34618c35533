// The people and applications of the local stand, named by their role. Fixed ids, so that what one writes
// down today works tomorrow; never a secret: those are made anew at every start.

import type { SimulatedApp, SimulatedIdentity } from "./entra/registration.ts";

export interface SimulatedUser {
  /** What the stand calls the user, for example on the command line. */
  readonly name: string;
  /** Entra object id (GUID). */
  readonly objectId: string;
  /** User principal name, and user name in the workspace. */
  readonly userName: string;
  readonly displayName: string;
}

/** May use the space, the warehouse and the data. */
export const ANALYST: SimulatedUser = {
  name: "analyst",
  objectId: "a1000000-0000-4000-8000-000000000001",
  userName: "analyst@example.com",
  displayName: "Analyst",
};

/** May use the warehouse, but not the Genie space. */
export const NO_SPACE: SimulatedUser = {
  name: "no-space",
  objectId: "a1000000-0000-4000-8000-000000000002",
  userName: "no-space@example.com",
  displayName: "User without a space grant",
};

/** May use the space, but not the SQL warehouse behind it. */
export const NO_WAREHOUSE: SimulatedUser = {
  name: "no-warehouse",
  objectId: "a1000000-0000-4000-8000-000000000003",
  userName: "no-warehouse@example.com",
  displayName: "User without warehouse rights",
};

export const SIMULATED_USERS: readonly SimulatedUser[] = [ANALYST, NO_SPACE, NO_WAREHOUSE];

export const TENANT_ID = "7e000000-0000-4000-8000-000000000001";

/** The user-assigned managed identity of the function app. */
export const MANAGED_IDENTITY: SimulatedIdentity = {
  clientId: "1d000000-0000-4000-8000-000000000001",
  objectId: "1d000000-0000-4000-8000-0000000000f1",
};

/** The gateway's own registration: `CLIENT_ID`. */
export const GATEWAY_API: SimulatedApp = {
  clientId: "c0000000-0000-4000-8000-000000000001",
  objectId: "c0000000-0000-4000-8000-0000000000f1",
  api: {
    appIdUri: "api://c0000000-0000-4000-8000-000000000001",
    scopes: ["access_as_user"],
    accessTokenVersion: 2,
  },
  federatedSubjects: [MANAGED_IDENTITY.objectId],
};

/** A service that may ask as the app: it holds the role `Genie.Ask`. */
export const CALLER_WITH_ROLE: SimulatedApp = {
  clientId: "c0000000-0000-4000-8000-000000000002",
  objectId: "c0000000-0000-4000-8000-0000000000f2",
  assignedRoles: { [GATEWAY_API.clientId]: ["Genie.Ask"] },
};

/** The managed identity of a workflow that may ask as the app. */
export const WORKFLOW_IDENTITY: SimulatedIdentity = {
  clientId: "1d000000-0000-4000-8000-000000000002",
  objectId: "1d000000-0000-4000-8000-0000000000f2",
  assignedRoles: { [GATEWAY_API.clientId]: ["Genie.Ask"] },
};

/** A service without the role. */
export const CALLER_WITHOUT_ROLE: SimulatedApp = {
  clientId: "c0000000-0000-4000-8000-000000000003",
  objectId: "c0000000-0000-4000-8000-0000000000f3",
};

/** The single-page client that users sign in with (code + PKCE). */
export const SIGN_IN_CLIENT: SimulatedApp = {
  clientId: "c0000000-0000-4000-8000-000000000004",
  objectId: "c0000000-0000-4000-8000-0000000000f4",
  redirectUris: ["http://localhost:7071/docs/oauth2-redirect"],
};

export const SIMULATED_APPS: readonly SimulatedApp[] = [
  GATEWAY_API,
  CALLER_WITH_ROLE,
  CALLER_WITHOUT_ROLE,
  SIGN_IN_CLIENT,
];
