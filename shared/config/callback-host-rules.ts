// Which hosts a `callback_url` may name (design §2 `CALLBACK_ALLOWED_HOSTS`, §3.7): the list, parsed.
// It checks no URL and resolves no name.

import type { RawSettings } from "./raw-settings.ts";
import { isInAzure } from "./runtime-environment.ts";
import type { ReportFault } from "./setting-schema.ts";

export type CallbackHostRule =
  | { readonly kind: "host"; readonly host: string }
  /** Any host below; `suffix` starts with a dot. */
  | { readonly kind: "below"; readonly suffix: string }
  /** Loopback included: for local runs only. */
  | { readonly kind: "host-port"; readonly host: string; readonly port: number };

const STANDARD = ".logic.azure.com,.azure-apihub.net,.api.powerplatform.com";
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const SETTING = "CALLBACK_ALLOWED_HOSTS";

export function readCallbackHosts(
  raw: RawSettings,
  report: ReportFault,
): readonly CallbackHostRule[] | undefined {
  const entries = (raw.CALLBACK_ALLOWED_HOSTS ?? STANDARD).toLowerCase().split(",");
  const rules = entries.map((entry) => readRule(entry.trim()));
  const valid = rules.filter((rule) => rule !== undefined);
  if (valid.length < rules.length) {
    report(SETTING, "must be a comma list of host, .suffix, *.suffix or host:port");
  }
  if (isInAzure(raw) && valid.some(({ kind }) => kind === "host-port")) {
    report(SETTING, "must not hold host:port in Azure");
  }
  return valid;
}

function readRule(entry: string): CallbackHostRule | undefined {
  const suffix = entry.replace(/^\*\./, ".");
  if (suffix.startsWith(".")) {
    return HOST.test(suffix.slice(1)) ? { kind: "below", suffix } : undefined;
  }
  const [, host = entry, port] = /^(.*):(\d{1,5})$/.exec(entry) ?? [];
  if (!HOST.test(host) && host !== "[::1]") return undefined;
  if (port === undefined) return { kind: "host", host };
  return Number(port) >= 1 && Number(port) <= 65_535
    ? { kind: "host-port", host, port: Number(port) }
    : undefined;
}
