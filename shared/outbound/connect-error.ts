// Reads from a failed fetch whether the connection was ever made. It never guesses: what it does not know as a
// failure of look-up, connect or certificate check counts as "something may have been sent".

/** Node's certificate checks run before the first byte of a request is written. */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * True if `error`, as thrown by fetch, proves that no connection came about. `ECONNREFUSED`, `EHOSTUNREACH` or
 * `ETIMEDOUT` are told by the system call, because the last two also come from reading an open socket.
 */
export function isConnectError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) {
    // One error per address tried ("happy eyeballs").
    return error.errors.every(isConnectError);
  }
  const code = "code" in error ? String(error.code) : "";
  const syscall = "syscall" in error ? String(error.syscall) : "";
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  if (code === "UND_ERR_CONNECT_TIMEOUT" || CERTIFICATE_CODES.has(code)) return true;
  return error.cause !== undefined && isConnectError(error.cause);
}
