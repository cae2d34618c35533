// The public files read a second time, plainly, so that what the SQL engine says can be computed without it.
// Shares no code with local/databricks/sql.

import { readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = path.resolve(import.meta.dirname, "../../../../node_modules/vega-datasets/data");

export interface Flight {
  date: string;
  delay: number;
  distance: number;
  origin: string;
  destination: string;
}
export type Movie = Readonly<Record<string, string | number | null>>;
export type Car = Readonly<Record<string, string | number | null>>;
export type TextRow = Readonly<Record<string, string>>;

const text = (file: string) => readFileSync(path.join(FOLDER, file), "utf8");
function json<T>(file: string): T[] {
  return JSON.parse(text(file));
}

/** No cell of these files holds a comma, except five airport names, whose columns are not compared. */
function csv(file: string): TextRow[] {
  const [header = "", ...lines] = text(file).trim().split(/\r?\n/);
  return lines.map((line) => {
    const cells = line.replaceAll(/"[^"]*"/g, "quoted").split(",");
    return Object.fromEntries(header.split(",").map((name, i) => [name, cells[i] ?? ""]));
  });
}

export const raw = {
  flights: json<Flight>("flights-20k.json"),
  movies: json<Movie>("movies.json"),
  cars: json<Car>("cars.json"),
  airports: csv("airports.csv"),
  weather: csv("weather.csv"),
  strikes: csv("birdstrikes.csv"),
};

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]) => sum(values) / values.length;
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
}

/** Numbers of a field, gaps left out. */
export function numbers<T>(rows: readonly T[], field: keyof T): number[] {
  return rows.flatMap((row) => {
    const value: unknown = row[field];
    return value === null || value === "" || value === undefined ? [] : [Number(value)];
  });
}

/** One number per group. */
export function by<T>(
  rows: readonly T[],
  group: (row: T) => string | number | null,
  measure: (rows: readonly T[]) => number,
): Map<string | number | null, number> {
  const groups = Map.groupBy(rows, group);
  return new Map([...groups].map(([key, members]) => [key, measure(members)]));
}
