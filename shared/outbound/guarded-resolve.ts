// Host → the addresses that may be connected to, checked before a socket exists. The caller connects to exactly
// these: nobody resolves the name a second time, so an answer that changes in between ("rebinding") is no use.

import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isLoopbackAddress, isPublicAddress } from "./guarded-addresses.ts";

/** All addresses of a host name, as text. Rejects when there are none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The system's resolver, as every other connection of this process uses it. */
export const resolveByDns: ResolveHost = async (host) => {
  const answers = await lookup(host, { all: true });
  return answers.map(({ address }) => address);
};

/**
 * The checked addresses of `host`; undefined when a single one is not public. A public receiver has no private
 * address beside its public one, while an attacker's name has, to be picked on another try.
 * @param host a name or a numeric address, IPv6 without brackets: Node connects to a numeric one without any look-up,
 *   so it is checked here like an answer
 * @throws what `resolve` throws
 */
export async function resolveGuarded(
  host: string,
  allowsLoopback: boolean,
  resolve: ResolveHost,
): Promise<readonly CheckedAddress[] | undefined> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const isAllowed = (address: string) =>
    isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));
  if (addresses.length === 0 || !addresses.every(isAllowed)) return undefined;
  return addresses.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
}
