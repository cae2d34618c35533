// Is this `callback_url` one we may POST to (design §3.7)? Pure, by what the URL shows: it resolves no name. What
// only shows later (a name that leads to a private address) is the matter of outbound/guarded-resolve.ts.

import { isIP } from "node:net";
import type { FieldFault } from "../errors/app-error.ts";

/** One entry of `CALLBACK_ALLOWED_HOSTS`, parsed; lower case. */
export type CallbackHost =
  | { readonly kind: "host"; readonly host: string }
  /** Any host below; `suffix` starts with a dot. */
  | { readonly kind: "below"; readonly suffix: string }
  /** Exactly that host and port, loopback included: for local runs only, an error in Azure. */
  | { readonly kind: "host-port"; readonly host: string; readonly port: number };

export interface AcceptedCallbackUrl {
  /** Without a fragment, which is never sent. */
  readonly url: URL;
  /** The host was admitted by a `host:port` entry, so it may be this machine. */
  readonly allowsLoopback: boolean;
}

export type CheckedCallbackUrl =
  | { readonly accepted: AcceptedCallbackUrl }
  | { readonly fault: FieldFault };

const MAX_LENGTH = 2_048;
const HTTPS_PORT = 443;
/**
 * The characters of RFC 3986. URL parsers disagree on the others: they drop tabs, take a backslash for a slash, and
 * turn full-width digits into an IP address.
 */
const URI_CHARACTERS = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;
const AUTHORITY = /^https:\/\/([^/?#]*)/i;
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/;

/** The URL to use, or the fault that a 400 tells at `/callback_url`. No fault repeats the URL: it is a secret. */
export function checkCallbackUrl(text: string, hosts: readonly CallbackHost[]): CheckedCallbackUrl {
  const parts = splitUrl(text);
  if (typeof parts === "string") return faulty(parts);
  const { url, host, port } = parts;
  const isAdmitted = hosts.some(
    (each) => each.kind === "host-port" && each.host === host && each.port === port,
  );
  if (isAdmitted) return { accepted: { url, allowsLoopback: true } };
  if (!HOST_NAME.test(host) || isIP(host) !== 0) {
    return faulty("must name its host by a DNS name, not by an IP address");
  }
  if (!hosts.some((each) => names(each, host))) {
    return faulty("must name a host that CALLBACK_ALLOWED_HOSTS of this gateway allows");
  }
  if (port !== HTTPS_PORT) return faulty("must use port 443");
  return { accepted: { url, allowsLoopback: false } };
}

interface UrlParts {
  readonly url: URL;
  /** Lower case; IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
}

/** The parts as they are written, or what is wrong with the form. */
function splitUrl(text: string): UrlParts | string {
  if (text.length > MAX_LENGTH) return "must have at most 2,048 characters";
  if (!URI_CHARACTERS.test(text)) return "must hold only the characters of a URL (RFC 3986)";
  const authority = AUTHORITY.exec(text)?.[1];
  if (authority === undefined) return "must start with https://";
  if (authority.includes("@")) return "must not hold a user name or password";
  const [, host = "", port = String(HTTPS_PORT)] = HOST_AND_PORT.exec(authority) ?? [];
  const url = host === "" ? null : URL.parse(text);
  if (url === null) return "must be a URL with a host name";
  // `0x7f.1`, `2130706433`, `[::ffff:127.0.0.1]`: written in one way, meant in another.
  if (url.hostname !== host.toLowerCase()) {
    return "must name its host by a DNS name, not by an IP address";
  }
  url.hash = "";
  return { url, host: url.hostname, port: Number(port) };
}

function names(rule: CallbackHost, host: string): boolean {
  switch (rule.kind) {
    case "host":
      return rule.host === host;
    case "below":
      return host.endsWith(rule.suffix); // a host name starts with no dot, so it is longer
    case "host-port":
      return false;
  }
}

function faulty(detail: string): CheckedCallbackUrl {
  return { fault: { pointer: "/callback_url", detail } };
}
