// Links to the files of a full download: from the wire to our words, and a store that hands out each of them once,
// because a link that was used and failed is to be replaced. The URL of a link is a bearer secret: it goes into no
// log and no error.

import { notUnderstood } from "../workspace-read.ts";
import type { LinkedDataWire, LinkWire } from "./download-wire.ts";

export interface ChunkLink {
  readonly index: number;
  readonly rowOffset: number;
  /** Undefined when Databricks does not tell. */
  readonly rowCount: number | undefined;
  readonly url: string;
  /** To be sent with the request for the file. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch ms by Databricks' clock; undefined when it does not tell. */
  readonly expiresAt: number | undefined;
  /** Undefined after the last chunk; always greater than `index`. */
  readonly nextIndex: number | undefined;
}

/**
 * Links in one reply. `asked`: index of the chunk that was asked for; it counts where the first link names none.
 * What has no URL or no place among the rows is left out: rows at a wrong offset would be worse than none.
 */
export function toChunkLinks(data: LinkedDataWire, asked: number): readonly ChunkLink[] {
  const all = data.external_links;
  return all.flatMap((wire, position) => {
    const index = wire.chunk_index ?? (position === 0 ? asked : null);
    const after = all[position + 1]?.chunk_index ?? data.next_chunk_index;
    return index === null ? [] : toChunkLink(wire, index, wire.next_chunk_index ?? after);
  });
}

function toChunkLink(wire: LinkWire, index: number, next: number | null): readonly ChunkLink[] {
  const rowOffset = wire.row_offset ?? (index === 0 ? 0 : null);
  if (rowOffset === null || wire.external_link === null) return [];
  const expiresAt = Date.parse(wire.expiration ?? "");
  return [
    {
      index,
      rowOffset,
      rowCount: wire.row_count ?? undefined,
      url: wire.external_link,
      headers: wire.http_headers ?? {},
      expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt,
      // A number that does not grow would lead round in a circle.
      nextIndex: next !== null && next > index ? next : undefined,
    },
  ];
}

/** A link to the chunk that was not handed out before. Throws AppError as the reads of Databricks do. */
export type TakeLink = (index: number) => Promise<ChunkLink>;

/** `first` came with the download; `fetchLinks` asks for those of a chunk anew. */
export function createTakeLink(
  first: readonly ChunkLink[],
  fetchLinks: (index: number) => Promise<readonly ChunkLink[]>,
  now: () => number,
): TakeLink {
  const known = new Map(first.map((link) => [link.index, link]));
  const take = (index: number): ChunkLink | undefined => {
    const link = known.get(index);
    known.delete(index);
    return link;
  };
  return async (index) => {
    const link = take(index);
    if (link !== undefined && (link.expiresAt ?? Number.POSITIVE_INFINITY) > now()) return link;
    for (const each of await fetchLinks(index)) known.set(each.index, each);
    // A new one is used whatever its expiry says: the two clocks may differ.
    const renewed = take(index);
    if (renewed === undefined) throw notUnderstood("no link to the chunk that was asked for");
    return renewed;
  };
}
