// A bounded store of values behind unguessable strings that expire: authorization codes (redeemed once) and
// refresh tokens (read many times). Memory only.

import { randomBytes } from "node:crypto";
import type { Clock } from "../../shared/telemetry/clock.ts";

export type Looked<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "unknown" | "expired" | "redeemed" };

export interface OpaqueGrants<T> {
  issue(value: T): string;
  read(handle: string): Looked<T>;
  /** Like `read`, and from now on `redeemed`. */
  redeem(handle: string): Looked<T>;
}

const MAX_GRANTS = 10_000;

export function createOpaqueGrants<T>(clock: Clock, lifetimeMs: number): OpaqueGrants<T> {
  const grants = new Map<string, { value: T; expiresAtMs: number; redeemed: boolean }>();
  const read = (handle: string): Looked<T> => {
    const grant = grants.get(handle);
    if (!grant) return { kind: "unknown" };
    if (grant.redeemed) return { kind: "redeemed" };
    return grant.expiresAtMs > clock.now()
      ? { kind: "found", value: grant.value }
      : { kind: "expired" };
  };
  return {
    read,
    issue: (value) => {
      const handle = `0.${randomBytes(48).toString("base64url")}`;
      const [oldest] = grants.keys();
      if (grants.size >= MAX_GRANTS && oldest !== undefined) grants.delete(oldest);
      grants.set(handle, { value, expiresAtMs: clock.now() + lifetimeMs, redeemed: false });
      return handle;
    },
    redeem: (handle) => {
      const looked = read(handle);
      const grant = grants.get(handle);
      if (grant) grant.redeemed = true;
      return looked;
    },
  };
}
