// The door to the Standard Webhooks library, loaded on first use. A file of its own with a static import: behind a
// dynamic one esbuild gives a CommonJS package as `default` alone, so the bundled app would find no `Webhook`.

import { Webhook } from "standardwebhooks";

/** @param secret base64 of 32 bytes, without a prefix */
export function createWebhook(secret: string): Webhook {
  return new Webhook(secret);
}
