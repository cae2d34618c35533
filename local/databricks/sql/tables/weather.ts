// Daily weather of Seattle and New York, 2012 to 2015 (NOAA), as vega-datasets brings it.

import { column, type Table } from "./table.ts";

export const weather: Table = {
  name: "weather",
  row: ["day", "days"],
  words: ["weather", "weather day"],
  about: "2,922 days of weather in Seattle and New York, 2012 to 2015: rain, temperature, wind",
  file: "weather.csv",
  headline: ["date", "location", "weather"],
  date: "date",
  columns: [
    column("location", "STRING", "dimension", { words: ["city", "place"], findValues: true }),
    column("date", "DATE", "date"),
    column("precipitation", "DOUBLE", "measure", {
      words: ["rainfall", "rain amount"],
      additive: true,
      superlatives: { rainiest: "desc", wettest: "desc", driest: "asc" },
    }),
    column("temp_max", "DOUBLE", "measure", {
      label: "daily high temperature",
      words: ["temperature", "high temperature", "daily high"],
      preferredFor: "max",
      superlatives: { hottest: "desc", warmest: "desc" },
    }),
    column("temp_min", "DOUBLE", "measure", {
      label: "daily low temperature",
      words: ["temperature", "low temperature", "daily low"],
      preferredFor: "min",
      superlatives: { coldest: "asc" },
    }),
    column("wind", "DOUBLE", "measure", {
      words: ["wind speed"],
      superlatives: { windiest: "desc", calmest: "asc" },
    }),
    column("weather", "STRING", "dimension", {
      words: ["weather type", "condition", "kind of weather"],
      findValues: true,
      valueWords: { sunny: "sun", rainy: "rain", foggy: "fog", snowy: "snow", drizzly: "drizzle" },
    }),
  ],
  absent: [],
  examples: [
    "Total precipitation in Seattle by year",
    "Average maximum temperature by month in New York",
    "How many rainy days were there by location?",
    "Which were the 5 windiest days?",
  ],
};
