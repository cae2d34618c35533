// Airports of the United States and its territories (data.gov), as vega-datasets brings them.

import { column, type Table } from "./table.ts";
import { US_STATES } from "./us-states.ts";

export const airports: Table = {
  name: "airports",
  row: ["airport", "airports"],
  words: [],
  about: "3,376 airports: code, name, city, state, country, position",
  file: "airports.csv",
  headline: ["iata", "name", "city", "state"],
  date: null,
  columns: [
    column("iata", "STRING", "dimension", { label: "airport code", words: ["code"] }),
    column("name", "STRING", "dimension", { words: ["airport name"] }),
    column("city", "STRING", "dimension", { findValues: true }),
    column("state", "STRING", "dimension", {
      findValues: true,
      valueWords: US_STATES,
    }),
    column("country", "STRING", "dimension", {
      findValues: true,
      valueWords: { "united states": "USA", america: "USA" },
    }),
    column("latitude", "DOUBLE", "measure", {
      superlatives: { northernmost: "desc", southernmost: "asc" },
    }),
    column("longitude", "DOUBLE", "measure", {
      superlatives: { easternmost: "desc", westernmost: "asc" },
    }),
  ],
  absent: [],
  examples: [
    "How many airports are there by state?",
    "Which state has the most airports?",
    "List airports in Alaska",
    "How many airports are in Texas?",
  ],
};
