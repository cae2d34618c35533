// Who calls, decided by verified claims alone (design §3.1 "Who"). The token itself stays inside this
// object for the on-behalf-of exchange of the same request; it is never stored and never logged.

export type Caller =
  | {
      readonly kind: "user";
      readonly tenantId: string;
      readonly objectId: string;
      /** The calling client application (`azp` or `appid`). */
      readonly clientId: string;
      /** The caller's own access token: the assertion of the on-behalf-of exchange. */
      readonly assertion: string;
    }
  | { readonly kind: "app"; readonly tenantId: string; readonly clientId: string }
  /** The host checked a function key; all key holders are one caller. */
  | { readonly kind: "function-key" };

/** @param identity from the verified claims of `assertion` */
export function toCaller(
  identity: Omit<Extract<Caller, { kind: "user" }>, "kind" | "assertion"> & {
    readonly kind: "user" | "app";
  },
  assertion: string,
): Caller {
  const { kind, tenantId, objectId, clientId } = identity;
  return kind === "user"
    ? { kind, tenantId, objectId, clientId, assertion }
    : { kind, tenantId, clientId };
}
