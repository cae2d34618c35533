// A link with the words that a person sees. Only the gateway's own addresses, never one that Genie wrote.

export interface NamedLink {
  readonly name: string;
  /** Absolute, and ours. */
  readonly url: string;
}
