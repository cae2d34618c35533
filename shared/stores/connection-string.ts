// Small mends of a storage connection string, so that what the Functions host accepts the SDKs accept too.
// The values stay in the string: nothing here reads a key.

/**
 * Adds the protocol and the suffix where they are missing: Azure's tools write both, people leave them out, and
 * the table client takes a string without a protocol for one with a shared access signature (measured).
 */
export function completeConnectionString(text: string): string {
  const parts = text
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);
  const names = new Set(parts.map((part) => part.split("=", 1)[0]?.trim().toLowerCase()));
  if (!names.has("accountkey")) return parts.join(";");
  if (!names.has("defaultendpointsprotocol")) parts.unshift("DefaultEndpointsProtocol=https");
  if (!names.has("endpointsuffix")) parts.push("EndpointSuffix=core.windows.net");
  return parts.join(";");
}
