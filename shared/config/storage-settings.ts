// Table and Queue storage: the same settings as the host's own storage, by connection string or by
// identity (design §2, functions-host.md §10). It opens no connection.

import type { RawSettings } from "./raw-settings.ts";
import { originOf, type ReportFault } from "./setting-schema.ts";

export type StorageSettings =
  | { readonly kind: "connection-string"; readonly connectionString: string }
  | {
      readonly kind: "identity";
      readonly tableUrl: string;
      readonly queueUrl: string;
      /** User-assigned identity; null: the one the app uses for everything else. */
      readonly clientId: string | null;
    };

const CONNECTION_RULE = "must be a storage connection string";

/** A connection string wins over identity settings, as it does in the host. */
export function readStorage(raw: RawSettings, report: ReportFault): StorageSettings | undefined {
  const connectionString = raw.AzureWebJobsStorage;
  if (connectionString !== undefined) {
    if (looksComplete(connectionString)) return { kind: "connection-string", connectionString };
    report("AzureWebJobsStorage", CONNECTION_RULE);
    return undefined;
  }
  return readIdentityStorage(raw, report);
}

function looksComplete(connectionString: string): boolean {
  const parts = new Map(
    connectionString.split(";").map((part) => {
      const [key = "", ...value] = part.split("=");
      return [key.trim().toLowerCase(), value.join("=").trim()] as const;
    }),
  );
  if (parts.get("usedevelopmentstorage") === "true") return true;
  if (parts.get("sharedaccesssignature")) return true;
  return Boolean(parts.get("accountname") && parts.get("accountkey"));
}

function readIdentityStorage(raw: RawSettings, report: ReportFault): StorageSettings | undefined {
  const urls = serviceUrls(raw, report);
  const credential = raw.AzureWebJobsStorage__credential;
  if (credential !== undefined && credential.toLowerCase() !== "managedidentity") {
    report("AzureWebJobsStorage__credential", "must be managedidentity");
  }
  return urls && { kind: "identity", ...urls, clientId: raw.AzureWebJobsStorage__clientId ?? null };
}

function serviceUrls(raw: RawSettings, report: ReportFault) {
  const account = raw.AzureWebJobsStorage__accountName;
  if (account !== undefined && !/^[a-z0-9]{3,24}$/.test(account)) {
    report("AzureWebJobsStorage__accountName", "must be the name of a storage account");
    return undefined;
  }
  const url = (service: "table" | "queue") => {
    const name = `AzureWebJobsStorage__${service}ServiceUri` as const;
    const given = raw[name];
    if (given === undefined) return account && `https://${account}.${service}.core.windows.net`;
    const origin = originOf(given, { loopbackHttp: true });
    if (origin === undefined) report(name, "must be an https origin without a path");
    return origin;
  };
  const [tableUrl, queueUrl] = [url("table"), url("queue")];
  if (tableUrl && queueUrl) return { tableUrl, queueUrl };
  report(
    "AzureWebJobsStorage",
    "is required: a connection string, or AzureWebJobsStorage__accountName",
  );
  return undefined;
}
