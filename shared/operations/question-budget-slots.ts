// The slots of the question budget: which are in use, when each is free again, whose turn comes when. Pure: no
// I/O, and `now` is passed in. All times are epoch ms by the clock of whichever worker makes the move.

/** Databricks counts questions in any 60 s, sliding (design §4). */
const WINDOW_MS = 60_000;
/**
 * Clocks of two workers may differ by this much: one writes when a slot is free again, another reads it. Azure keeps
 * its hosts within milliseconds; 250 ms is 0.4 % of a window.
 */
const CLOCK_MARGIN_MS = 250;
/** From the counted reply to the next use of the slot. */
const COOLING_MS = WINDOW_MS + CLOCK_MARGIN_MS;
/** A grant that is never settled: its ask, with the writes before it, is over after this time. */
const ASK_TIMEOUT_MS = 30_000;
/** What an estimate takes for the time from grant to reply. Too short costs a look, too long leaves a slot idle. */
const EXPECTED_REPLY_MS = 500;

/** A slot whose ask is under way, or whose worker died. */
export interface AskingSlot {
  readonly holder: string;
  /** Its place in the line, for the case that nothing is sent. */
  readonly ticket: number;
  readonly grantedAt: number;
  /** Granted more than once, as after a lost reply: one of those who were told may be asking. */
  readonly isShared: boolean;
}

export interface Slots {
  readonly asking: readonly AskingSlot[];
  /** When each slot whose reply came is free again. */
  readonly cooling: readonly number[];
  /** Databricks said 429: no grant before this time. */
  readonly blockedUntil: number;
}

/** The moment of a move, and N: how many questions the workspace takes in 60 s. */
export interface Moment {
  readonly now: number;
  readonly limit: number;
}

/** When a slot is free again whose reply came at `now`. */
export function freeAgainAt(now: number): number {
  return now + COOLING_MS;
}

/** The slots that still count. */
export function inUse<Kind extends Slots>(slots: Kind, now: number): Kind {
  return {
    ...slots,
    asking: slots.asking.filter((slot) => lapsesAt(slot) > now),
    cooling: slots.cooling.filter((freeAt) => freeAt > now),
  };
}

/** How many slots `inUse` leaves to be granted at this moment. */
export function countFree(
  { asking, cooling, blockedUntil }: Slots,
  { now, limit }: Moment,
): number {
  return now < blockedUntil ? 0 : Math.max(0, limit - asking.length - cooling.length);
}

/**
 * When the turn of each place is expected, by how many are ahead of it who will take theirs. Never before `now`.
 * @param slots as `inUse` leaves them
 */
export function turns(slots: Slots, { now, limit }: Moment): (rank: number) => number {
  const taken = [...slots.cooling, ...slots.asking.map((slot) => expectedFreeAt(slot, now))];
  const idle = Array.from({ length: Math.max(0, limit - taken.length) }, () => now);
  // More in use than N, after N was lowered: the first of them to get free open nothing.
  const opens = [...idle, ...taken.toSorted((a, b) => a - b)].slice(-limit);
  return (rank) => {
    const opensAt = Math.max(opens[rank % limit] ?? now, slots.blockedUntil, now);
    return opensAt + Math.floor(rank / limit) * (COOLING_MS + EXPECTED_REPLY_MS);
  };
}

function lapsesAt({ grantedAt }: AskingSlot): number {
  return grantedAt + ASK_TIMEOUT_MS + COOLING_MS;
}

function expectedFreeAt(slot: AskingSlot, now: number): number {
  const replyAt = Math.max(now, slot.grantedAt + EXPECTED_REPLY_MS);
  return Math.min(lapsesAt(slot), freeAgainAt(replyAt));
}
