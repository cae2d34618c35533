// One request as a route sees it, and what the router needs to know of a route.

import type { IncomingHttpHeaders } from "node:http";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Principal } from "../principals.ts";
import { invalidParameter, malformedRequest, Refused } from "../refusals.ts";
import type { Workspace } from "../workspace.ts";
import type { Reply } from "./reply.ts";

/** Every name that a path template may hold; "" where the path has no such part. */
export const NO_PATH_PARTS = {
  spaceId: "",
  conversationId: "",
  messageId: "",
  attachmentId: "",
  downloadId: "",
  statementId: "",
  chunkIndex: "",
  warehouseId: "",
  token: "",
};
export type PathParts = Readonly<typeof NO_PATH_PARTS>;

/** A request without an identity: blob storage knows no bearer tokens. */
export interface OpenCall {
  readonly path: PathParts;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Epoch ms of the request; a route reads the time once. */
  readonly at: number;
}

export interface Call extends OpenCall {
  readonly caller: Principal;
  readonly bodyText: string;
}

export type Handle = (call: Call, workspace: Workspace) => Reply;
export type OpenHandle = (call: OpenCall, workspace: Workspace) => Reply;

/** The JSON object in the body; {} for no body. Throws Databricks' 400 for anything else. */
export function jsonBody(call: Call): JsonObject {
  if (call.bodyText === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(call.bodyText);
  } catch (cause) {
    throw new Refused(malformedRequest, { cause });
  }
  if (!isJsonObject(value)) throw new Refused(malformedRequest);
  return value;
}

/** A text field that must be there and not be empty. */
export function requiredText(body: JsonObject, field: string): string {
  const value = body[field];
  if (typeof value === "string" && value !== "") return value;
  throw new Refused(invalidParameter(`Missing required field: ${field}`));
}
