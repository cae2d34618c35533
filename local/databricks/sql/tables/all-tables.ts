// Every table of the simulated space, in the order in which they are named to people.

import { airports } from "./airports.ts";
import { birdStrikes } from "./bird-strikes.ts";
import { cars } from "./cars.ts";
import { flights } from "./flights.ts";
import { movies } from "./movies.ts";
import type { Table } from "./table.ts";
import { weather } from "./weather.ts";

export const ALL_TABLES: readonly Table[] = [flights, airports, movies, cars, weather, birdStrikes];
