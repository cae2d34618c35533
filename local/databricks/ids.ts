// Ids as Databricks makes them: time-ordered, UUID-v1-like, 32 hexadecimal characters ("01f1…") for spaces,
// conversations, messages and attachments, with dashes for statements (genie-api.md §1.1).

import type { Random } from "./seeded-random.ts";

export interface IdSource {
  /** 32 lower-case hexadecimal characters; later ids sort after earlier ones. */
  hex(): string;
  /** The same with dashes. */
  dashed(): string;
}

/** Milliseconds between the start of UUID time (1582-10-15) and the epoch. */
const UUID_EPOCH_MS = 12_219_292_800_000n;

export function createIds(now: () => number, random: Random): IdSource {
  let last = 0n;
  const hex = () => {
    // 14 of the 15 time digits (100 ns each) fit beside the version digit; one step there is 16 ticks.
    const ticks = ((BigInt(Math.floor(now())) + UUID_EPOCH_MS) * 10_000n) / 16n;
    last = ticks > last ? ticks : last + 1n;
    const time = last.toString(16).padStart(14, "0");
    const noise = Array.from({ length: 15 }, () => Math.floor(random() * 16).toString(16)).join("");
    return `0${time.slice(0, 11)}1${time.slice(11)}9${noise}`;
  };
  return { hex, dashed: () => withDashes(hex()) };
}

function withDashes(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join(
    "-",
  );
}
