// Faults that a test or the stand orders from a simulator: an error status, an HTML page, silence, a reset
// or a delay. First ordered, first used; a fault never outlives its `times`.

/** One ordered fault. Without `status`, `hang` or `reset` the request is only held back, then served. */
export interface Fault {
  /** Only requests whose path contains this. Default: every request. */
  readonly path?: string;
  readonly status?: number;
  /** A string goes out as it is (HTML error pages), anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answer. */
  readonly hang?: boolean;
  /** Close the connection without an answer. */
  readonly reset?: boolean;
  /** Milliseconds to wait before the answer. */
  readonly delayMs?: number;
  /** Answer only after this settles, so that a test decides when. */
  readonly until?: Promise<unknown>;
  /** How many requests it meets. Default: all until `clearFaults`. */
  readonly times?: number;
}

export interface FaultList {
  inject(fault: Fault): void;
  clear(): void;
  /** The fault for a request to this path, counted as used. */
  take(path: string): Fault | undefined;
}

export function createFaultList(): FaultList {
  let pending: { readonly fault: Fault; left: number }[] = [];
  return {
    inject: (fault) => {
      pending.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      pending = [];
    },
    take: (path) => {
      const entry = pending.find(({ fault }) => path.includes(fault.path ?? ""));
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) pending = pending.filter((other) => other !== entry);
      return entry.fault;
    },
  };
}
