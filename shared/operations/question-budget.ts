// The moves of the question budget (design §4): ask for a slot, give it back, wait in line. Pure: each takes what is
// known and returns what is to be written, or the very same state where nothing changes. It knows no store.

import type { SlotReply } from "./ports.ts";
import {
  countFree,
  freeAgainAt,
  inUse,
  type Moment,
  type Slots,
  turns,
} from "./question-budget-slots.ts";

/**
 * An operation is believed to be present for at most this long after its expected turn; by then whoever drives it
 * has looked again. So a worker that died, or a message that got lost, holds up nobody for long.
 */
const PRESENCE_GRACE_MS = 15_000;
/** However far away Databricks asks us to stay, somebody tries again after this time. */
const MOST_PUSH_BACK_MS = 600_000;

/** What all instances share, in one record. */
export interface BudgetWindow extends Slots {
  readonly nextTicket: number;
  /** Places in the line, of the absent too. */
  readonly waiting: number;
  /** When dead places were last looked for. */
  readonly tidiedAt: number;
}

/** A place in the line. Lower tickets came earlier, and a place keeps its ticket. */
export interface Place {
  readonly holder: string;
  readonly ticket: number;
  readonly joinedAt: number;
  readonly presentUntil: number;
}

export interface BudgetState {
  readonly window: BudgetWindow;
  /** The known part of the line by holder: those present at its head, and whoever is looked up. */
  readonly places: ReadonlyMap<string, Place>;
  /** Everybody present up to this ticket is in `places`; `Infinity` when that is the whole line. */
  readonly knownTo: number;
}

/** A budget nobody has used. Tickets start at the time, so that a lost record never issues one twice. */
export function unusedWindow(now: number): BudgetWindow {
  const slots = { asking: [], cooling: [], blockedUntil: 0 };
  return { ...slots, nextTicket: now, waiting: 0, tidiedAt: now };
}

/**
 * Takes a slot if more are free than operations ahead are present, else a place in the line or the one it has.
 * A holder whose slot is not settled is granted the same slot again.
 * @param presentUntil see the port; `Infinity` is cut to what can be believed
 */
export function requestSlot(
  state: BudgetState,
  { holder, presentUntil }: { readonly holder: string; readonly presentUntil: number },
  moment: Moment,
): { readonly state: BudgetState; readonly reply: SlotReply } {
  const window = inUse(state.window, moment.now);
  const isHeld = window.asking.some((slot) => slot.holder === holder);
  if (isHeld) return grantAgain(state, { ...state, window }, holder, moment);
  const known = state.places.get(holder);
  const ticket = known?.ticket ?? window.nextTicket;
  const rank = countAhead(state, ticket, moment.now);
  if (rank < countFree(window, moment)) {
    const slot = { holder, ticket, grantedAt: moment.now, isShared: false };
    const rest = withoutPlace({ ...state, window: takeTicket(window, ticket) }, holder);
    return { state: withSlot(rest, slot), reply: { kind: "granted" } };
  }
  const turnOf = turns(window, moment);
  const estimatedAt = turnOf(countStaying(state, ticket, { now: moment.now, turnOf }));
  const present = Math.floor(Math.min(presentUntil, estimatedAt + PRESENCE_GRACE_MS));
  const reply = { kind: "waiting", estimatedAt } as const;
  if (known !== undefined && known.presentUntil >= present) return { state, reply };
  const place = { joinedAt: moment.now, ...known, holder, ticket, presentUntil: present };
  return { state: withPlace({ ...state, window: takeTicket(window, ticket) }, place), reply };
}

/** The reply came, or its time-out passed. Without a slot of this holder nothing changes. */
export function settleSlot(state: BudgetState, holder: string, now: number): BudgetState {
  const { asking, cooling } = state.window;
  const rest = asking.filter((slot) => slot.holder !== holder);
  if (rest.length === asking.length) return state;
  const settled = { ...state.window, asking: rest, cooling: [...cooling, freeAgainAt(now)] };
  return { ...state, window: inUse(settled, now) };
}

/**
 * Nothing was sent: the slot is free and the holder is back in its old place. A shared slot is kept until it is
 * settled or lapses, since somebody else may be asking with it.
 */
export function releaseSlot(state: BudgetState, holder: string, now: number): BudgetState {
  const { asking, blockedUntil } = state.window;
  const slot = asking.find((each) => each.holder === holder);
  if (slot === undefined || slot.isShared) return state;
  const window = inUse({ ...state.window, asking: asking.filter((each) => each !== slot) }, now);
  const presentUntil = Math.max(now, blockedUntil) + PRESENCE_GRACE_MS;
  return withPlace(
    { ...state, window },
    { holder, ticket: slot.ticket, joinedAt: now, presentUntil },
  );
}

/** The place is given up. A slot stays as it is: its ask may be under way. */
export function leaveLine(state: BudgetState, holder: string): BudgetState {
  return withoutPlace(state, holder);
}

/** Databricks said 429. */
export function pushBack(state: BudgetState, until: number, now: number): BudgetState {
  const blockedUntil = Math.ceil(Math.min(until, now + MOST_PUSH_BACK_MS));
  if (blockedUntil <= Math.max(now, state.window.blockedUntil)) return state;
  return { ...state, window: { ...state.window, blockedUntil } };
}

/** Drops the known places of absent operations that joined before `before`. */
export function dropDead(
  state: BudgetState,
  { now, before }: { readonly now: number; readonly before: number },
): BudgetState {
  const dead = [...state.places.values()].filter(
    (place) => place.joinedAt < before && place.presentUntil <= now,
  );
  return dead.reduce((rest, { holder }) => withoutPlace(rest, holder), state);
}

/** The grant got lost, or a second worker took the operation over. */
function grantAgain(before: BudgetState, live: BudgetState, holder: string, { now }: Moment) {
  const { asking, blockedUntil } = live.window;
  if (now < blockedUntil) {
    return { state: before, reply: { kind: "waiting", estimatedAt: blockedUntil } as const };
  }
  const renewed = asking.map((slot) =>
    slot.holder === holder ? { ...slot, grantedAt: now, isShared: true } : slot,
  );
  const window = { ...live.window, asking: renewed };
  return { state: { ...live, window }, reply: { kind: "granted" } as const };
}

/**
 * How many present operations are ahead of a ticket. Beyond the known part of the line everybody is taken for
 * present: too late an estimate there is mended by a later look, which sees more.
 */
function countAhead(state: BudgetState, ticket: number, now: number): number {
  return presentAhead(state.places, ticket, now).length + countUnknown(state, ticket);
}

/** How many of those ahead will still be there at their own turn: the others leave their slot to whoever is next. */
function countStaying(
  state: BudgetState,
  ticket: number,
  { now, turnOf }: { readonly now: number; readonly turnOf: (rank: number) => number },
): number {
  const ahead = presentAhead(state.places, ticket, now).toSorted((a, b) => a.ticket - b.ticket);
  const staying = ahead.reduce(
    (rank, { presentUntil }) => (presentUntil > turnOf(rank) ? rank + 1 : rank),
    0,
  );
  return staying + countUnknown(state, ticket);
}

function presentAhead(places: BudgetState["places"], ticket: number, now: number): Place[] {
  return [...places.values()].filter((place) => place.ticket < ticket && place.presentUntil > now);
}

function countUnknown({ window, places, knownTo }: BudgetState, ticket: number): number {
  if (ticket <= knownTo) return 0;
  const unknown = Math.max(0, window.waiting - places.size);
  return Math.min(unknown, ticket - knownTo - 1);
}

function takeTicket(window: BudgetWindow, ticket: number): BudgetWindow {
  return { ...window, nextTicket: Math.max(window.nextTicket, ticket + 1) };
}

function withSlot(state: BudgetState, slot: Slots["asking"][number]): BudgetState {
  return { ...state, window: { ...state.window, asking: [...state.window.asking, slot] } };
}

function withPlace(state: BudgetState, place: Place): BudgetState {
  const added = state.places.has(place.holder) ? 0 : 1;
  return {
    ...state,
    window: { ...state.window, waiting: state.window.waiting + added },
    places: new Map(state.places).set(place.holder, place),
  };
}

function withoutPlace(state: BudgetState, holder: string): BudgetState {
  if (!state.places.has(holder)) return state;
  const places = new Map(state.places);
  places.delete(holder);
  const waiting = Math.max(0, state.window.waiting - 1);
  return { ...state, window: { ...state.window, waiting }, places };
}
