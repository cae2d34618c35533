// Reads what a round of the question budget needs to know and writes what came of it, as one compare-and-set on the
// window. A change of the line travels in the same batch, so window and line can never disagree.

import type { TableClient, TransactionAction } from "@azure/data-tables";
import { type BudgetState, type Place, unusedWindow } from "../operations/question-budget.ts";
import { refusalOf, storageCall } from "./storage-call.ts";
import {
  holderRow,
  oldestFilter,
  PARTITION,
  placeEntities,
  placeOf,
  placeRows,
  presentFilter,
  type Row,
  WINDOW_ROW,
  windowEntity,
  windowFilter,
  windowOf,
} from "./table-question-budget-records.ts";

/** Dead places are looked for this often, over all instances. */
const TIDY_INTERVAL_MS = 60_000;
/** Places dropped at once: with the jobs of a round and the window they fit into one batch of 100. */
export const TIDY_BATCH = 25;
/** A query that finds little in a long line may come in pages: no more of them than this. */
const MOST_PAGES = 5;

export interface Wanted {
  readonly now: number;
  /** Whose places have to be known; empty where only the window counts. */
  readonly holders: readonly string[];
  /** How many present places at the head of the line. */
  readonly depth: number;
}

export interface Snapshot {
  readonly state: BudgetState;
  /** Undefined where there is no window yet. */
  readonly etag: string | undefined;
  /** The oldest places were looked at, too: it is time to drop the dead. */
  readonly isTidying: boolean;
}

/** The version that a write left behind; undefined where the storage did not tell. */
export interface Written {
  readonly etag: string | undefined;
}

/** One query on the fast path; one more for each holder that may stand outside the head of the line. */
export async function readBudget(table: TableClient, wanted: Wanted): Promise<Snapshot> {
  const { now, holders, depth } = wanted;
  const [filter, most] = holders.length > 0 ? [presentFilter(now), depth + 1] : [windowFilter, 1];
  const { rows, isCut } = await query(table, filter, most);
  const windowRow = rows.find((row) => row.rowKey === WINDOW_ROW);
  const window = windowRow === undefined ? unusedWindow(now) : windowOf(windowRow);
  const head = rows.filter((row) => row !== windowRow).map(placeOf);
  const knownTo = isCut ? (head.at(-1)?.ticket ?? 0) : Number.POSITIVE_INFINITY;
  const isHidden = holders.length > 0 && (isCut || window.waiting !== head.length);
  const isTidying = isHidden && now - window.tidiedAt >= TIDY_INTERVAL_MS;
  const others = [
    ...(isTidying ? (await query(table, oldestFilter, TIDY_BATCH)).rows.map(placeOf) : []),
    ...(isHidden ? await lookUp(table, missing(holders, { head, window })) : []),
  ];
  const places = new Map([...others, ...head].map((place) => [place.holder, place]));
  const etag = typeof windowRow?.etag === "string" ? windowRow.etag : undefined;
  return { state: { window, places, knownTo }, etag, isTidying };
}

/** One write; undefined when somebody else was faster. Nothing is written where nothing changed. */
export async function writeBudget(
  table: TableClient,
  { state: before, etag }: Snapshot,
  after: BudgetState,
): Promise<Written | undefined> {
  if (after === before) return { etag };
  const window = windowEntity(after.window);
  const actions: TransactionAction[] = [
    etag === undefined ? ["create", window] : ["update", window, "Replace", { etag }],
    ...lineChanges(before.places, after.places),
  ];
  try {
    return { etag: await storageCall(() => submit(table, actions, { window, etag })) };
  } catch (error) {
    // 409 and 404 as well: somebody made the window first, or removed a row by hand.
    if (refusalOf(error) === undefined) throw error;
    return undefined;
  }
}

async function submit(
  table: TableClient,
  actions: TransactionAction[],
  { window, etag }: { window: ReturnType<typeof windowEntity>; etag: string | undefined },
): Promise<string | undefined> {
  if (actions.length > 1) {
    const reply = await table.submitTransaction(actions);
    return reply.getResponseForEntity(WINDOW_ROW)?.etag;
  }
  if (etag === undefined) return (await table.createEntity(window)).etag;
  return (await table.updateEntity(window, "Replace", { etag })).etag;
}

function lineChanges(
  before: ReadonlyMap<string, Place>,
  after: ReadonlyMap<string, Place>,
): TransactionAction[] {
  const put = [...after.values()].filter((place) => before.get(place.holder) !== place);
  const kept = new Set([...after.values()].flatMap(placeRows));
  const gone = [...before.values()].flatMap(placeRows).filter((rowKey) => !kept.has(rowKey));
  return [
    ...gone.map(deletion),
    ...put.flatMap(placeEntities).map((entity): TransactionAction => ["upsert", entity, "Replace"]),
  ];
}

function deletion(rowKey: string): TransactionAction {
  return ["delete", { partitionKey: PARTITION, rowKey }];
}

function missing(
  holders: readonly string[],
  { head, window }: { head: readonly Place[]; window: BudgetState["window"] },
): string[] {
  const known = new Set([...head, ...window.asking].map(({ holder }) => holder));
  return holders.filter((holder) => !known.has(holder));
}

async function lookUp(table: TableClient, holders: readonly string[]): Promise<Place[]> {
  const rows = await Promise.all(holders.map((holder) => readRow(table, holderRow(holder))));
  return rows.flatMap((row) => (row === undefined ? [] : [placeOf(row)]));
}

async function readRow(table: TableClient, rowKey: string): Promise<Row | undefined> {
  try {
    return await storageCall(() => table.getEntity(PARTITION, rowKey));
  } catch (error) {
    if (refusalOf(error) === 404) return undefined;
    throw error;
  }
}

/** The first `most` rows; `isCut` when there may be more. */
async function query(table: TableClient, filter: string, most: number) {
  const pages = table.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: most });
  const rows: Row[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { value, done } = await storageCall(() => pages.next());
    if (done || value === undefined) return { rows, isCut: false };
    rows.push(...value);
    if (value.continuationToken === undefined) return { rows, isCut: false };
    if (rows.length >= most) break;
  }
  return { rows, isCut: true };
}
