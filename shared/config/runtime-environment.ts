// Where the app runs, and the base of its absolute links (design §2 "In Azure", `PUBLIC_BASE_URL`).
// The `Host` header plays no part here: in Azure it is never trusted.

import type { RawSettings } from "./raw-settings.ts";

/** On Flex Consumption `WEBSITE_INSTANCE_ID` may be missing (design §2). */
export function isInAzure(raw: RawSettings): boolean {
  return [raw.WEBSITE_INSTANCE_ID, raw.WEBSITE_POD_NAME, raw.CONTAINER_NAME].some(
    (value) => value !== undefined,
  );
}

/** A host name of URL.hostname that never leaves this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
