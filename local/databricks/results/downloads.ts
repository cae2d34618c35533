// Full downloads: a signed download id leads to links on this server that stand for blob storage.
// As there, a link is a bearer secret with a short life and refuses requests that carry an Authorization header.

import { randomUUID } from "node:crypto";
import type { IdSource } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import type { Statement } from "./statement-store.ts";
import { chunkBounds } from "./statement-wire.ts";

export interface Download {
  readonly downloadId: string;
  readonly signature: string;
  readonly statement: Statement;
  readonly attachmentId: string;
}

export interface OpenedLink {
  readonly statement: Statement;
  readonly chunkIndex: number;
  readonly expiresAt: number;
}

export interface Downloads {
  open(attachmentId: string, statement: Statement): Download;
  find(downloadId: string): Download | undefined;
  of(attachmentId: string): readonly Download[];
  /** One element of `external_links`; every call makes a new link. */
  link(statement: Statement, chunkIndex: number, at: number): JsonObject;
  openLink(token: string): OpenedLink | undefined;
}

export const EXTERNAL_PATH = "/external-results/";

export function createDownloads(deps: { ids: IdSource; origin: () => string }): Downloads {
  const downloads = new Map<string, Download>();
  const links = new Map<string, OpenedLink>();
  return {
    open: (attachmentId, statement) => {
      const download = {
        downloadId: deps.ids.hex(),
        signature: signature(),
        statement,
        attachmentId,
      };
      downloads.set(download.downloadId, download);
      return download;
    },
    find: (downloadId) => downloads.get(downloadId),
    of: (attachmentId) =>
      [...downloads.values()].filter((download) => download.attachmentId === attachmentId),
    link: (statement, chunkIndex, at) => {
      const token = randomUUID();
      const expiresAt = at + (statement.links?.lifetimeMs ?? 0);
      links.set(token, { statement, chunkIndex, expiresAt });
      return linkWire(statement, chunkIndex, {
        external_link: `${deps.origin()}${EXTERNAL_PATH}${token}`,
        expiration: new Date(expiresAt).toISOString(),
      });
    },
    openLink: (token) => links.get(token),
  };
}

function linkWire(statement: Statement, chunkIndex: number, link: JsonObject): JsonObject {
  if (statement.outcome.kind !== "rows") return link;
  const { offset, count } = chunkBounds(statement, statement.outcome.data, chunkIndex);
  const headers = statement.links?.headers ?? {};
  return {
    chunk_index: chunkIndex,
    row_offset: offset,
    row_count: count,
    ...link,
    ...(Object.keys(headers).length > 0 ? { http_headers: headers } : {}),
  };
}

/** Has the form of a JWT, as the real one; compared as text. */
function signature(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "HS256" }), part({ jti: randomUUID() }), part(randomUUID())].join(".");
}
