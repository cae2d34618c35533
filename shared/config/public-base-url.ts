// The base of absolute links (design §2 `PUBLIC_BASE_URL`). The `Host` header plays no part in Azure.

import type { RawSettings } from "./raw-settings.ts";
import { isInAzure, isLoopbackHost } from "./runtime-environment.ts";
import { originOf, type ReportFault } from "./setting-schema.ts";

/** The base without a trailing slash; null: the request's own origin. A path is kept (API Management). */
export function readPublicBaseUrl(raw: RawSettings, report: ReportFault) {
  if (raw.PUBLIC_BASE_URL !== undefined) return givenBase(raw.PUBLIC_BASE_URL, report);
  if (!isInAzure(raw)) return null;
  const origin = originOf(`https://${raw.WEBSITE_HOSTNAME ?? ""}`, { loopbackHttp: false });
  if (origin === undefined) report("PUBLIC_BASE_URL", "is required: WEBSITE_HOSTNAME is not set");
  return origin;
}

function givenBase(text: string, report: ReportFault): string | undefined {
  const url = URL.parse(text);
  const secure =
    url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.hostname));
  if (url && secure && !/[?#@]/.test(text)) return url.href.replace(/\/+$/, "");
  report("PUBLIC_BASE_URL", "must be an https URL without a query (http only for a loopback host)");
  return undefined;
}
