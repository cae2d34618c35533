// Tells this machine's own address from any other, by its spelling alone: no name is looked up, because a name
// server could then decide which checks apply.

/** @param hostname as `URL.hostname` gives it: lower case, IPv6 in brackets */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
