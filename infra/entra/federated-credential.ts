// The secretless way: the gateway's managed identity proves who the application is, so there is no client secret that
// could leak or expire. Its subject is the object id of the identity, which only the deployment knows. Trust in another
// identity is never replaced: it may be that of another environment, whose gateway could no longer sign in.

import { type Cli, reply } from "../cli/call.ts";
import { SetupRefused } from "../cli/run-setup.ts";
import type { Done } from "../cli/steps.ts";
import { graph } from "./graph.ts";
import { FEDERATED_AUDIENCE, FEDERATED_NAME } from "./names.ts";

export interface Federation {
  readonly tenantId: string;
  /** Object id of the application. */
  readonly applicationId: string;
  readonly appId: string;
  /** Undefined: not deployed yet. */
  readonly identityPrincipalId?: string;
}

interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

export async function ensureFederation(cli: Cli, federation: Federation): Promise<Done<void>> {
  const { tenantId, applicationId, appId, identityPrincipalId: subject } = federation;
  if (subject === undefined) {
    const detail = "after the deployment, with --identity-principal-id";
    return { value: undefined, outcome: "later", detail };
  }
  const path = pathOf(applicationId);
  const present = await listFederated(cli, applicationId);
  const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
  const wanted = { issuer, subject, audiences: [FEDERATED_AUDIENCE] };
  if (present.some((each) => isSame(each, wanted))) {
    return { value: undefined, outcome: "unchanged", detail: "the identity is trusted" };
  }
  const named = present.find(({ name }) => name === FEDERATED_NAME);
  if (named !== undefined && named.subject !== subject) throw trustsAnother(appId, named.subject);
  await cli.call(
    graph({
      method: named === undefined ? "POST" : "PATCH",
      path: named === undefined ? path : `${path}/${named.id}`,
      body: named === undefined ? { name: FEDERATED_NAME, ...wanted } : wanted,
      planned: reply(undefined),
      mayBeEarly: "object",
    }),
  );
  return { value: undefined, outcome: "changed", detail: "the identity is trusted from now on" };
}

function trustsAnother(appId: string, subject: string): SetupRefused {
  const command = `az ad app federated-credential delete --id ${appId} --federated-credential-id ${FEDERATED_NAME}`;
  return new SetupRefused(
    `The application ${appId} already trusts another identity, ${subject}. If that is another environment, give this one an application of its own: --name, and its client id to the deployment. If that identity is gone: ${command}, then run this again.`,
  );
}

export async function listFederated(
  cli: Cli,
  applicationId: string,
): Promise<readonly FederatedCredential[]> {
  const path = pathOf(applicationId);
  const list = await cli.call(
    graph({ method: "GET", path, planned: reply({ value: [] }), mayBeEarly: "object" }),
  );
  return (list as { readonly value: readonly FederatedCredential[] }).value;
}

const pathOf = (applicationId: string) =>
  `/applications/${applicationId}/federatedIdentityCredentials`;

type Trust = Pick<FederatedCredential, "issuer" | "subject" | "audiences">;

function isSame(one: Trust, other: Trust): boolean {
  return (
    one.issuer === other.issuer &&
    one.subject === other.subject &&
    one.audiences.join() === other.audiences.join()
  );
}
