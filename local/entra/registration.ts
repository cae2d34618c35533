// Application registrations of the simulated tenant, as plain data. Secrets are no part of them.

export interface SimulatedIdentity {
  readonly clientId: string;
  /** Object id of its service principal: `oid` and `sub` of its tokens. */
  readonly objectId: string;
  /** App roles granted to it: client id of the API → roles. */
  readonly assignedRoles?: Readonly<Record<string, readonly string[]>>;
}

export interface SimulatedApi {
  readonly appIdUri: string;
  readonly scopes: readonly string[];
  /** `api.requestedAccessTokenVersion` of the manifest: decides issuer, `ver` and the form of `aud`. */
  readonly accessTokenVersion: 1 | 2;
}

export interface SimulatedApp extends SimulatedIdentity {
  /** What it exposes, when others ask for tokens to it. */
  readonly api?: SimulatedApi;
  /** Single-page redirect URIs, compared exactly. */
  readonly redirectUris?: readonly string[];
  /** Federated credentials: object ids of the managed identities that may stand for its secret. */
  readonly federatedSubjects?: readonly string[];
}
