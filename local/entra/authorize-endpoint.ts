// GET and POST {authority}/oauth2/v2.0/authorize: the sign-in page, and the redirect back with a code or an
// error. It keeps no session: every sign-in picks a user anew.

import { randomUUID } from "node:crypto";
import type { LoopbackReply, LoopbackRequest } from "../loopback-server.ts";
import {
  type RedirectTarget,
  readAuthorizeRequest,
  readRedirectTarget,
} from "./authorize-request.ts";
import { describeRefusal, EntraRefusal } from "./refusals.ts";
import { signInErrorPage, signInPage } from "./sign-in-page.ts";
import type { Tenant } from "./tenant.ts";
import { admitUser } from "./user-conditions.ts";

const OWN_FIELDS = ["sign_in_as", "cancel"];

function redirect(target: RedirectTarget, answer: Readonly<Record<string, string>>): LoopbackReply {
  const location = new URL(target.redirectUri);
  const fields = new URLSearchParams(location.search);
  const into = target.responseMode === "fragment" ? new URLSearchParams() : fields;
  for (const [name, value] of Object.entries(answer)) into.set(name, value);
  if (target.state !== null) into.set("state", target.state);
  if (target.responseMode === "fragment") location.hash = into.toString();
  else location.search = into.toString();
  const headers = {
    location: location.href,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  };
  return { status: 302, headers };
}

/** Shows the page, or makes the code once a user was picked. @throws EntraRefusal */
function signIn(
  tenant: Tenant,
  parameters: URLSearchParams,
  target: RedirectTarget,
): LoopbackReply {
  const asked = readAuthorizeRequest(tenant, parameters);
  if (parameters.has("cancel")) throw new EntraRefusal("user_cancelled");
  const picked = parameters.get("sign_in_as");
  if (picked === null) return signInPage(tenant.directory.users, parameters, target.redirectUri);
  const user = admitUser(tenant, picked, asked.secondFactor);
  const code = tenant.codes.issue({
    userObjectId: user.objectId,
    clientId: target.clientId,
    redirectUri: target.redirectUri,
    codeChallenge: asked.codeChallenge,
    scope: asked.scope,
    secondFactor: asked.secondFactor,
    ...(asked.nonce === null ? {} : { nonce: asked.nonce }),
  });
  return redirect(target, { code, session_state: randomUUID() });
}

/** Only the form of the page may pick a user: a link that signs somebody in would be CSRF on the client. */
function readParameters(request: LoopbackRequest): URLSearchParams {
  if (request.method === "POST") return new URLSearchParams(request.text);
  const parameters = new URLSearchParams(request.url.search);
  for (const name of OWN_FIELDS) parameters.delete(name);
  return parameters;
}

export function answerAuthorizeRequest(tenant: Tenant, request: LoopbackRequest): LoopbackReply {
  const parameters = readParameters(request);
  let target: RedirectTarget | undefined;
  try {
    target = readRedirectTarget(tenant, parameters);
    return signIn(tenant, parameters, target);
  } catch (error) {
    if (!(error instanceof EntraRefusal)) throw error;
    const description = describeRefusal(error.refusal, randomUUID(), tenant.clock.now());
    if (!target) return signInErrorPage(description);
    return redirect(target, { error: error.refusal.error, error_description: description });
  }
}
