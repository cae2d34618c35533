// What one table of the simulated space is: where its rows come from, its columns, and the words people use
// for both. Pure declarations; every identifier that ever reaches SQL is one of these names.

export type ColumnType = "STRING" | "LONG" | "DOUBLE" | "DATE" | "TIMESTAMP";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Name of the field in the public file. */
  readonly field: string;
  /** For titles and sentences: "worldwide gross". */
  readonly label: string;
  /** Further words for it besides label and name, in the singular. */
  readonly words: readonly string[];
  /** `measure`: can be averaged; `dimension`: can be grouped by; `both`, for example cylinders. */
  readonly role: "measure" | "dimension" | "both" | "date";
  /** Its distinct values are recognised in questions ("in Seattle"). */
  readonly findValues: boolean;
  /** Spoken forms of a value: "japanese" → "Japan". */
  readonly valueWords: Readonly<Record<string, string>>;
  /** Adjectives that order by it: "longest" → descending. */
  readonly superlatives: Readonly<Record<string, "asc" | "desc">>;
  /** Sums make sense (money, rain); otherwise an average is what people mean. */
  readonly additive: boolean;
  /** Among columns that share a word, the one meant by "maximum …" or "minimum …". */
  readonly preferredFor: "max" | "min" | null;
  /** Read through a join with `airports`: the alias of the join. */
  readonly via: AirportJoin | null;
}

/** The one kind of join there is: a flight's airport, by its code. */
export interface AirportJoin {
  readonly alias: string;
  readonly on: string;
  readonly column: string;
}

/** A thing people ask for that the data does not hold, with the nearest column that it does hold. */
export interface AbsentThing {
  readonly words: readonly string[];
  readonly nearest: string;
  readonly note: string;
}

export interface Table {
  readonly name: string;
  /** Singular and plural of one row: "flight", "flights". */
  readonly row: readonly [string, string];
  readonly words: readonly string[];
  readonly about: string;
  readonly columns: readonly Column[];
  /** Columns that tell a row from others in a list. */
  readonly headline: readonly string[];
  /** The column behind "in 2001", "by month". */
  readonly date: string | null;
  readonly absent: readonly AbsentThing[];
  readonly examples: readonly string[];
  /** File in the data folder of `vega-datasets`. */
  readonly file: string;
}

/** A column with the usual defaults filled in. */
export function column(
  name: string,
  type: ColumnType,
  role: Column["role"],
  more: Partial<Column> = {},
): Column {
  return {
    name,
    type,
    role,
    field: name,
    label: name.replaceAll("_", " "),
    words: [],
    findValues: false,
    valueWords: {},
    superlatives: {},
    additive: false,
    preferredFor: null,
    via: null,
    ...more,
  };
}
