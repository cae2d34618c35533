// Callbacks from the settings: which URLs may be named, and how they are signed and sent.

import { checkCallbackUrl } from "../callbacks/callback-url.ts";
import { createReceiverSlots } from "../callbacks/receiver-slots.ts";
import { createSendCallback } from "../callbacks/send-callback.ts";
import { checkedSecret, createSignCallback } from "../callbacks/sign-callback.ts";
import type { Settings } from "../config/settings.ts";
import { AppError } from "../errors/app-error.ts";
import type { CallbackPorts } from "../operations/deliver-callback.ts";
import { createGuardedPost } from "../outbound/guarded-post.ts";
import { toOperationBody } from "../presentation/operation-body.ts";
import type { Identity } from "./create-identity.ts";
import type { OutwardDeps } from "./outward-deps.ts";

export interface Callbacks extends CallbackPorts {
  /** @throws AppError `invalid_request` naming `/callback_url`; `service_credential_problem` when none can be signed */
  admit(url: string): Promise<void>;
}

export function createCallbacks(
  settings: Settings,
  identity: Identity,
  { clock, logger }: Pick<OutwardDeps, "clock" | "logger">,
): Callbacks {
  const hosts = settings.callbackHosts;
  const readSigningSecret = identity.readSigningSecret ?? unsignable;
  return {
    admit: async (url) => {
      const checked = checkCallbackUrl(url, hosts);
      if ("fault" in checked) throw refused(checked.fault);
      checkedSecret(await readSigningSecret());
    },
    enterReceiver: createReceiverSlots(),
    send: createSendCallback({ hosts, post: createGuardedPost(), clock, logger }),
    sign: createSignCallback({
      readSigningSecret,
      clock,
      toBody: (operation) =>
        toOperationBody(operation, {
          links: {
            baseUrl: operation.linkBase,
            showResultLinks: operation.owner.kind !== "function-key",
            carried: {},
          },
          requestId: operation.id,
          now: clock.now(),
        }),
    }),
  };
}

function refused(
  fault: { pointer: string; detail: string } | { parameter: string; detail: string },
) {
  return new AppError({
    code: "invalid_request",
    detail: "The callback_url is not one this gateway calls.",
    errors: [fault],
  });
}

/** Design §3.7: without a signing secret no callback is taken on. */
function unsignable(): Promise<never> {
  return Promise.reject(
    new AppError({
      code: "service_credential_problem",
      detail: "This gateway has no signing secret, so it takes no callback_url.",
      remedy:
        "The gateway's operator puts base64 of 32 random bytes into the vault secret that WEBHOOK_SIGNING_SECRET_NAME names.",
      retryAfterSeconds: 60,
    }),
  );
}
