// Sealing: what it means to the rest of the gateway (design §1.1). The cipher and the keys are in the files beside.

/**
 * What a sealed value is bound to: opening it with anything else fails. Built by the same function on both sides;
 * the order of its fields does not matter.
 */
export interface SealContext {
  /** What the value is for, so that no sealed value passes for one of another kind. */
  readonly purpose: string;
  /** Whole numbers for times (epoch ms). */
  readonly [field: string]: string | number;
}

export interface Sealing {
  /** AES-256-GCM with the newest key; the text names the key's id. Throws AppError `service_credential_problem`. */
  seal(plaintext: string, context: SealContext): Promise<string>;
  /**
   * @throws SealRefused when any bit, the context or the key id is not the one it was sealed with;
   *   AppError `service_credential_problem` when the keys cannot be had.
   */
  open(sealed: string, context: SealContext): Promise<string>;
  /**
   * Keyed hashes (HMAC-SHA-256 with keys derived per purpose) of a text, base64url: first by the key that is in
   * charge of hashes, then by the others that a worker may have used within the last 24 hours. Write under the
   * first, look under all.
   */
  hash(purpose: string, text: string): Promise<readonly string[]>;
}

/** A sealed text that is not what this gateway sealed for this purpose. Carries nothing of it. */
export class SealRefused extends Error {
  constructor(reason: "form" | "key" | "content", options?: { cause?: unknown }) {
    super(`sealed text refused: ${reason}`, options);
    this.name = "SealRefused";
  }
}
