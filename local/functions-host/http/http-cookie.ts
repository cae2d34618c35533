// Writes a cookie of the RPC response as a Set-Cookie header (RFC 6265).

import type { RpcCookie } from "../worker/core-contract.ts";

export function toSetCookie(cookie: RpcCookie): string {
  const { expires, maxAge, sameSite } = cookie;
  const parts = [
    `${cookie.name}=${encodeURIComponent(cookie.value)}`,
    cookie.domain && `Domain=${cookie.domain.value}`,
    cookie.path && `Path=${cookie.path.value}`,
    expires && `Expires=${new Date(expires.value.seconds * 1000).toUTCString()}`,
    maxAge && `Max-Age=${maxAge.value}`,
    cookie.httpOnly?.value === true && "HttpOnly",
    cookie.secure?.value === true && "Secure",
    sameSite === "lax" && "SameSite=Lax",
    sameSite === "strict" && "SameSite=Strict",
    sameSite === "explicitNone" && "SameSite=None",
  ];
  return parts.filter((part) => typeof part === "string").join("; ");
}
