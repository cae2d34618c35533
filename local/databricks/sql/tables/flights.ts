// Flights of January to March 2001 (a sample of 20,000 from the U.S. Bureau of Transportation Statistics).
// None of the flight files of vega-datasets names a carrier: "by carrier" falls back to the origin and says so.

import { type Column, column, type Table } from "./table.ts";
import { US_STATES } from "./us-states.ts";

function throughAirport(end: "origin" | "destination", field: string, words: string[]): Column {
  return column(`${end}_${field}`, "STRING", "dimension", {
    words,
    findValues: true,
    valueWords: field === "state" ? US_STATES : {},
    via: { alias: `${end}_airport`, on: end, column: field },
  });
}

export const flights: Table = {
  name: "flights",
  row: ["flight", "flights"],
  words: ["departure", "trip", "plane"],
  about:
    "20,000 flights in the United States, January to March 2001: delay, distance, origin, destination",
  file: "flights-20k.json",
  headline: ["date", "origin", "destination"],
  date: "date",
  columns: [
    column("date", "TIMESTAMP", "date", { words: ["day", "time"] }),
    column("delay", "LONG", "measure", {
      words: ["delayed", "minute", "late", "lateness"],
      superlatives: {
        latest: "desc",
        "most delayed": "desc",
        "most punctual": "asc",
        worst: "desc",
      },
    }),
    column("distance", "LONG", "measure", {
      words: ["mile", "length", "far"],
      superlatives: { longest: "desc", farthest: "desc", shortest: "asc" },
    }),
    column("origin", "STRING", "dimension", {
      words: ["airport", "origin airport", "departure airport", "route origin"],
      findValues: true,
    }),
    column("destination", "STRING", "dimension", {
      words: ["destination airport", "arrival airport", "arrival"],
      findValues: true,
    }),
    throughAirport("origin", "city", ["city", "departure city"]),
    throughAirport("origin", "state", ["state", "departure state"]),
    throughAirport("destination", "city", []),
    throughAirport("destination", "state", []),
  ],
  absent: [
    {
      words: ["carrier", "airline", "operator"],
      nearest: "origin",
      note: "The flight data names no carrier (it holds date, delay, distance, origin and destination), so this goes by origin airport, the nearest column there is.",
    },
  ],
  examples: [
    "What is the average delay by origin?",
    "Which origin has the most flights?",
    "Average delay by month",
    "Top 5 destinations by average distance",
    "How many flights were delayed by more than 60 minutes?",
  ],
};
