// What a callback says, signed by Standard Webhooks 1.0 (design §3.7). The same operation gives the same id and
// body at every try; time and signature are new each time. It never holds a question, an answer or a row.

import { AppError } from "../errors/app-error.ts";
import type { SignCallback } from "../operations/deliver-callback.ts";
import type { Finished } from "../operations/operation.ts";
import type { Clock } from "../telemetry/clock.ts";

export interface SignCallbackDeps {
  /** Base64 of 32 bytes, `whsec_` allowed in front. Throws AppError when it cannot be had. */
  readonly readSigningSecret: () => Promise<string>;
  /** The Operation as its status monitor shows it. */
  readonly toBody: (operation: Finished) => unknown;
  readonly clock: Clock;
}

const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/** @throws AppError `service_credential_problem` without a usable signing secret */
export function createSignCallback({
  readSigningSecret,
  toBody,
  clock,
}: SignCallbackDeps): SignCallback {
  return async (operation) => {
    const { createWebhook } = await import("./webhook.ts");
    const webhook = createWebhook(checkedSecret(await readSigningSecret()));
    const body = JSON.stringify({
      type: `genie.operation.${operation.status}`,
      // When it happened, not when it is sent (Standard Webhooks, "Payload structure").
      timestamp: new Date(operation.updatedAt).toISOString(),
      data: toBody(operation),
    });
    const sentAt = new Date(clock.now());
    return {
      headers: {
        "content-type": "application/json",
        "user-agent": "genie-gateway",
        "webhook-id": operation.id,
        "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
        "webhook-signature": webhook.sign(operation.id, sentAt, body),
      },
      body,
    };
  };
}

/**
 * The secret without its prefix. The library takes a key of any length, also one that a slip of the keyboard cut short.
 * @throws AppError `service_credential_problem`
 */
export function checkedSecret(secret: string): string {
  const base64 = secret.trim().replace(/^whsec_/, "");
  if (BASE64_OF_32_BYTES.test(base64)) return base64;
  throw new AppError({
    code: "service_credential_problem",
    detail: "The signing secret for callbacks does not have its form.",
    remedy:
      "Put base64 of 32 random bytes into the vault secret that WEBHOOK_SIGNING_SECRET_NAME names, for example with: openssl rand -base64 32 | az keyvault secret set --vault-name <vault> --name genie-webhook-signing --value @- --output none",
  });
}
