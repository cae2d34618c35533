// The words of questions that belong to no table: aggregates, grouping, comparison, order, months, filler.
// Pure data; what a word does is in reading/.

import type { Aggregate, Bucket, Comparison, Direction } from "./query.ts";
import { phraseKey } from "./tokens.ts";

export type GrammarWord =
  | { readonly does: "aggregate"; readonly fn: Aggregate }
  | {
      readonly does:
        | "count"
        | "distinct"
        | "by"
        | "list"
        | "all"
        | "and"
        | "not"
        | "order"
        | "filler";
    }
  | { readonly does: "place"; readonly direction: "from" | "to" | "in" }
  | { readonly does: "bucket"; readonly bucket: Bucket }
  | { readonly does: "rank"; readonly direction: Direction; readonly limit: number | null }
  | { readonly does: "sorted"; readonly direction: Direction }
  | { readonly does: "compare"; readonly op: Comparison; readonly dates: boolean }
  | { readonly does: "between" }
  | { readonly does: "scale"; readonly factor: number }
  | { readonly does: "digit"; readonly number: number }
  | { readonly does: "month"; readonly month: number }
  | { readonly does: "follow" | "also" | "clear" };

const compare = (op: Comparison, dates = false): GrammarWord => ({ does: "compare", op, dates });
const rank = (direction: Direction, limit: number | null = null): GrammarWord => ({
  does: "rank",
  direction,
  limit,
});

const WORDS: readonly (readonly [GrammarWord, string])[] = [
  [{ does: "aggregate", fn: "avg" }, "average, avg, mean, typical, on average, averaged"],
  [{ does: "aggregate", fn: "sum" }, "total, sum, sum of, combined, altogether, in total"],
  [{ does: "aggregate", fn: "max" }, "maximum, max"],
  [{ does: "aggregate", fn: "min" }, "minimum, min"],
  [{ does: "aggregate", fn: "median" }, "median"],
  [{ does: "count" }, "how many, number of, count, count of, counts, how often, amount of, number"],
  [{ does: "distinct" }, "different, distinct, unique"],
  [
    { does: "by" },
    "by, per, each, for each, in each, of each, for every, per each, grouped by, group by, broken down by, split by, across",
  ],
  [{ does: "bucket", bucket: "month" }, "month, monthly, months, over time"],
  [{ does: "bucket", bucket: "year" }, "year, yearly, annual, annually, years"],
  [rank("desc", 10), "top"],
  [rank("asc", 10), "bottom"],
  [rank("desc"), "highest, largest, most, biggest, greatest, maximal, the most, leading"],
  [rank("asc"), "lowest, smallest, least, fewest, the least, the fewest"],
  [{ does: "order" }, "sorted by, ordered by, order by, sort by, ranked by, rank by"],
  [{ does: "sorted", direction: "desc" }, "descending, desc, highest first, largest first"],
  [{ does: "sorted", direction: "asc" }, "ascending, asc, lowest first, smallest first"],
  [
    compare(">"),
    "over, above, more than, greater than, larger than, higher than, longer than, bigger than, exceeding, >",
  ],
  [compare(">"), "heavier than, later than"],
  [
    compare("<"),
    "under, below, less than, fewer than, smaller than, lower than, shorter than, lighter than, <",
  ],
  [compare(">="), "at least, no less than, >=, ≥"],
  [compare("<="), "at most, no more than, up to, <=, ≤"],
  [compare("="), "exactly, equal to, equals, ="],
  [compare("<>"), "!="],
  [compare(">", true), "after"],
  [compare("<", true), "before"],
  [compare(">=", true), "since"],
  [compare("<=", true), "until"],
  [{ does: "between" }, "between"],
  [{ does: "and" }, "and, or"],
  [{ does: "not" }, "not, except, excluding, without, other than, but not, not in, besides"],
  [{ does: "all" }, "all, every, everything"],
  [{ does: "list" }, "list, show, show me, display"],
  // Delays and running times are in minutes.
  [{ does: "scale", factor: 60 }, "hour, hours"],
  [{ does: "scale", factor: 1e3 }, "thousand, k"],
  [{ does: "scale", factor: 1e6 }, "million, millions"],
  [{ does: "scale", factor: 1e9 }, "billion, billions"],
  [{ does: "place", direction: "from" }, "from, leaving, departing from, departing"],
  [{ does: "place", direction: "to" }, "to, towards, into, arriving in, arriving at, going to"],
  [
    { does: "place", direction: "in" },
    "in, at, near, of, for, on, during, with, made in, located in",
  ],
  [
    { does: "follow" },
    "what about, how about, only, just, now, instead, same, the same, then, but",
  ],
  [{ does: "also" }, "also, and also, as well, in addition, too"],
  [
    { does: "clear" },
    "without filter, without the filter, remove the filter, remove filter, no filter, drop the filter",
  ],
  [
    { does: "filler" },
    "a, an, the, is, are, was, were, be, been, what, which, who, where, when, whose, give, me, us, i, we, you, want, need, would, " +
      "like, tell, please, can, could, do, does, did, have, has, had, there, that, those, these, this, it, its, their, them, they, " +
      "my, our, get, find, see, know, value, data, dataset, record, row, result, much, how, how much, make, made, as, than, so, ok, " +
      "okay, hey, hello, hi, thanks, ones, ever, some, any, about, happened, happen, occur, occurred, reported, built, produced, " +
      "come, came, go, went, fly, flew, depart, departed, arrive, arrived, i mean, using, flown, information, details",
  ],
];

const DIGITS = "one two three four five six seven eight nine ten".split(" ");
const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );

/** Folded phrase → what it does. */
export const GRAMMAR: ReadonlyMap<string, GrammarWord> = new Map([
  ...WORDS.toReversed().flatMap(([word, phrases]) =>
    phrases.split(", ").map((phrase) => [phraseKey(phrase), word] as const),
  ),
  ...MONTHS.map((name, index) => [phraseKey(name), { does: "month", month: index + 1 }] as const),
  ...DIGITS.map((name, index) => [phraseKey(name), { does: "digit", number: index + 1 }] as const),
]);
