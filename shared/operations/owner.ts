// Who owns what is kept: operations and the conversations an app started (design §3.1 "Owner").
// It never looks at a token: the verified caller is turned into an owner by the composition root.

export type Owner =
  | { readonly kind: "user"; readonly tenantId: string; readonly objectId: string }
  | { readonly kind: "app"; readonly tenantId: string; readonly clientId: string }
  | { readonly kind: "function-key" };

/** One string per owner, equal if and only if the owners are equal. Also the partition of stored records. */
export function ownerKey(owner: Owner): string {
  switch (owner.kind) {
    case "user":
      return `user:${owner.tenantId}:${owner.objectId}`;
    case "app":
      return `app:${owner.tenantId}:${owner.clientId}`;
    case "function-key":
      return "function-key";
  }
}
