// The one place where a failure of the storage becomes a failure of the gateway. Upstream text goes no further:
// the cause holds status and code alone.

import { AppError } from "../errors/app-error.ts";

/** The answers that say something about the record rather than the storage: not found, exists, changed. */
export type RecordRefusal = 404 | 409 | 412;

const PERMISSION_REMEDY =
  'The gateway\'s operator grants its identity "Storage Table Data Contributor" and "Storage Queue Data Contributor" on the storage account (az role assignment create --role "<role>" --assignee <identity> --scope <storage account id>), or corrects the connection string in AzureWebJobsStorage.';
const OUTAGE_REMEDY =
  "Try again shortly. If it lasts, the gateway's operator checks AzureWebJobsStorage and the network rules of the storage account.";

/**
 * Runs calls of the clients of storage-clients.ts, which bound time and tries themselves.
 * @throws AppError `storage_unavailable`; a refusal of 404, 409 or 412 as it came, for `refusalOf`; anything
 *   that is not the storage's (a bug, an AppError of the credential) as it came.
 */
export async function storageCall<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (refusalOf(error) !== undefined || !isStorageError(error)) throw error;
    throw storageUnavailable(error);
  }
}

/** What the storage said about the record; undefined for any other error. */
export function refusalOf(error: unknown): RecordRefusal | undefined {
  const status = statusOf(error);
  return status === 404 || status === 409 || status === 412 ? status : undefined;
}

/** The SDK's own errors and those of an aborted call. */
function isStorageError(error: unknown): error is Error {
  return error instanceof Error && /^(?:Rest|Abort|Timeout)Error$/.test(error.name);
}

function statusOf(error: unknown): number | undefined {
  if (!isStorageError(error) || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

function storageUnavailable(error: Error): AppError {
  const status = statusOf(error) ?? 0;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return new AppError(
    {
      code: "storage_unavailable",
      detail: "The gateway's storage does not answer as it should.",
      remedy: status === 401 || status === 403 ? PERMISSION_REMEDY : OUTAGE_REMEDY,
      retryAfterSeconds: 5,
    },
    { cause: new Error(`storage: status ${status}, ${code}`) },
  );
}
