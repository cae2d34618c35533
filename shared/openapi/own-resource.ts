// How a client names this API to Entra. Pure.

export interface OwnRegistration {
  readonly clientId: string;
  /** Accepted `aud` values, the client id or App ID URIs. */
  readonly audiences: readonly string[];
}

/**
 * The client id where its tokens are accepted, else the first audience. The page /docs signs in as the client of this
 * API itself, and for a token to itself Entra wants the client id, not an App ID URI (AADSTS90009).
 */
export function ownResource({ clientId, audiences }: OwnRegistration): string {
  return audiences.includes(clientId) ? clientId : (audiences[0] ?? clientId);
}
