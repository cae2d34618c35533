// The rows of the table GenieBudget: one window, and each place of the line twice, by ticket (who is ahead?) and by
// holder (where am I?). All in one partition, so that one batch changes them together. It reads and writes nothing.

import { createHash } from "node:crypto";
import type { BudgetWindow, Place } from "../operations/question-budget.ts";
import type { AskingSlot } from "../operations/question-budget-slots.ts";

export const PARTITION = "budget";
/** Sorts before every place, so that one query brings the window and the head of the line. */
export const WINDOW_ROW = "!window";
/** Sorts after every place by ticket and before every place by holder. */
const END_OF_LINE = "m";
/** Makes the window match a filter for those who are present. */
const ALWAYS = "9007199254740991";

/** A row as the SDK hands it over; 64-bit integers are `bigint`. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Stands for the operation in all rows: 72 bits of a hash, since the ids themselves open operations in
 * function-key mode and 1,000 of them would not fit into one property.
 */
export function holderOf(operationId: string): string {
  return createHash("sha256").update(operationId).digest("base64url").slice(0, HOLDER_LENGTH);
}

/** The window and everybody present at `now`, in the order of their tickets. */
export function presentFilter(now: number): string {
  return `PartitionKey eq '${PARTITION}' and RowKey lt '${END_OF_LINE}' and presentUntil gt ${now}L`;
}

export const windowFilter = `PartitionKey eq '${PARTITION}' and RowKey eq '${WINDOW_ROW}'`;

/** The line from its oldest place on, absent or not. */
export const oldestFilter = `PartitionKey eq '${PARTITION}' and RowKey ge 'line-' and RowKey lt '${END_OF_LINE}'`;

export const holderRow = (holder: string): string => `op-${holder}`;

export function windowEntity(window: BudgetWindow) {
  return {
    partitionKey: PARTITION,
    rowKey: WINDOW_ROW,
    presentUntil: { type: "Int64" as const, value: ALWAYS },
    asking: window.asking.map(slotText).join(""),
    cooling: window.cooling.map(timeText).join(""),
    blockedUntil: int64(window.blockedUntil),
    nextTicket: int64(window.nextTicket),
    waiting: int64(window.waiting),
    tidiedAt: int64(window.tidiedAt),
  };
}

export function windowOf(row: Row): BudgetWindow {
  return {
    asking: cut(row.asking, SLOT_LENGTH).map(slotOf),
    cooling: cut(row.cooling, TIME_LENGTH).map(timeOf),
    blockedUntil: Number(row.blockedUntil),
    nextTicket: Number(row.nextTicket),
    waiting: Number(row.waiting),
    tidiedAt: Number(row.tidiedAt),
  };
}

/** Both rows of a place. */
export function placeEntities(place: Place) {
  const columns = {
    partitionKey: PARTITION,
    holder: place.holder,
    ticket: int64(place.ticket),
    joinedAt: int64(place.joinedAt),
    presentUntil: int64(place.presentUntil),
  };
  return placeRows(place).map((rowKey) => ({ ...columns, rowKey }));
}

export function placeRows({ ticket, holder }: Place): string[] {
  return [`line-${String(ticket).padStart(16, "0")}`, holderRow(holder)];
}

export function placeOf(row: Row): Place {
  return {
    holder: String(row.holder),
    ticket: Number(row.ticket),
    joinedAt: Number(row.joinedAt),
    presentUntil: Number(row.presentUntil),
  };
}

// A property holds 64 KiB (32,768 characters): 1,000 slots of 29 characters fit into one.
const HOLDER_LENGTH = 12;
/** Epoch ms and tickets in base 36; enough until the year 2059. */
const TIME_LENGTH = 8;
const SLOT_LENGTH = HOLDER_LENGTH + 2 * TIME_LENGTH + 1;

function slotText({ holder, ticket, grantedAt, isShared }: AskingSlot): string {
  return `${holder}${timeText(ticket)}${timeText(grantedAt)}${isShared ? "s" : "-"}`;
}

function slotOf(text: string): AskingSlot {
  const grantedFrom = HOLDER_LENGTH + TIME_LENGTH;
  return {
    holder: text.slice(0, HOLDER_LENGTH),
    ticket: timeOf(text.slice(HOLDER_LENGTH, grantedFrom)),
    grantedAt: timeOf(text.slice(grantedFrom, grantedFrom + TIME_LENGTH)),
    isShared: text.endsWith("s"),
  };
}

const timeText = (time: number): string => time.toString(36).padStart(TIME_LENGTH, "0");
const timeOf = (text: string): number => Number.parseInt(text, 36);

function cut(text: unknown, length: number): string[] {
  const whole = String(text);
  return Array.from({ length: Math.floor(whole.length / length) }, (_, index) =>
    whole.slice(index * length, (index + 1) * length),
  );
}

/** A plain number beyond 32 bits would be refused or become a double. */
function int64(value: number) {
  return { type: "Int64" as const, value: String(value) };
}
