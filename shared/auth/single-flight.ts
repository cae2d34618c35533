// One piece of work per key at a time: whoever asks while it runs gets the same promise.
// It caches nothing; a finished flight, good or bad, is forgotten at once.

export interface SingleFlight<T> {
  /** Joins the flight of `key`, or starts it with `work`. */
  run(key: string, work: () => Promise<T>): Promise<T>;
  /** The flight of `key`, if there is one. */
  running(key: string): Promise<T> | undefined;
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Promise<T>>();
  return {
    run(key, work) {
      const joined = flights.get(key);
      if (joined !== undefined) return joined;
      const flight = work().finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
    running: (key) => flights.get(key),
  };
}
