// Reported wildlife strikes on aircraft (FAA), as vega-datasets brings them: the one table that names airlines.

import { column, type Table } from "./table.ts";

export const birdStrikes: Table = {
  name: "bird_strikes",
  row: ["bird strike", "bird strikes"],
  words: ["strike", "wildlife strike", "birdstrike", "collision"],
  about:
    "10,000 wildlife strikes on aircraft, 1990 to 2002: airline, airport, species, damage, cost",
  file: "birdstrikes.csv",
  headline: ["date", "airline", "airport", "species"],
  date: "date",
  columns: [
    column("date", "DATE", "date", { field: "Flight Date" }),
    column("airline", "STRING", "dimension", {
      field: "Aircraft Airline Operator",
      words: ["carrier", "operator"],
      findValues: true,
    }),
    column("airport", "STRING", "dimension", { field: "Airport Name", findValues: true }),
    column("state", "STRING", "dimension", { field: "Origin State", findValues: true }),
    column("aircraft", "STRING", "dimension", {
      field: "Aircraft Make Model",
      words: ["plane", "aircraft model"],
    }),
    column("species", "STRING", "dimension", {
      field: "Wildlife Species",
      words: ["wildlife", "bird", "animal"],
      findValues: true,
    }),
    column("size", "STRING", "dimension", {
      field: "Wildlife Size",
      words: ["wildlife size"],
      findValues: true,
    }),
    column("damage", "STRING", "dimension", {
      field: "Effect Amount of damage",
      words: ["damage level"],
      valueWords: {
        "substantial damage": "Substantial",
        "minor damage": "Minor",
        "no damage": "None",
      },
    }),
    column("phase", "STRING", "dimension", {
      field: "Phase of flight",
      words: ["phase of flight", "flight phase"],
      findValues: true,
    }),
    column("time_of_day", "STRING", "dimension", {
      field: "Time of day",
      valueWords: {
        night: "Night",
        "at night": "Night",
        daytime: "Day",
        dusk: "Dusk",
        dawn: "Dawn",
      },
    }),
    column("cost", "LONG", "measure", {
      additive: true,
      field: "Cost Total $",
      words: ["dollar", "repair cost"],
      superlatives: { costliest: "desc", "most expensive": "desc" },
    }),
    column("speed", "LONG", "measure", { field: "Speed IAS in knots", words: ["knot"] }),
  ],
  absent: [],
  examples: [
    "How many bird strikes by airline?",
    "Total cost of bird strikes by species",
    "Top 5 airports by number of bird strikes",
    "Bird strikes by phase of flight",
  ],
};
