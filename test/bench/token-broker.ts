// A cached Databricks token: our broker against msal-node's own on-behalf-of cache, both filled by real exchanges
// with the simulated Entra. What is timed is the hit alone; no call goes to Entra meanwhile.

import { ConfidentialClientApplication } from "@azure/msal-node";
import { createCertificates, trustCertificate } from "../../local/certificates.ts";
import type { EntraSimulator } from "../../local/entra/entra-simulator.ts";
import { DATABRICKS_RESOURCE_ID } from "../../local/entra/resources.ts";
import { startIdentityServices } from "../../local/identity-services.ts";
import { GATEWAY_API } from "../../local/users.ts";
import { createDatabricksTokens } from "../../shared/auth/databricks-tokens.ts";
import { entraAuthority } from "../../shared/auth/entra-authority.ts";
import { createOutbound } from "../../shared/outbound/send-outbound.ts";
import { systemClock } from "../../shared/telemetry/clock.ts";
import { type Measure, median, spread, takeTurns } from "./samples.ts";
import type { Topic } from "./topic.ts";

const BROKER_USERS = 2_000;
const MSAL_USERS = 500;
const ROUNDS = 15;

/** Gets the Databricks token of the user with this number. */
type GetToken = (user: number) => Promise<unknown>;

export async function benchTokenBroker(): Promise<Topic> {
  const { caPem, ...tls } = await createCertificates();
  trustCertificate(caPem);
  const { entra, close } = await startIdentityServices({ tls });
  try {
    const secret = entra.addSecret(GATEWAY_API.clientId);
    const assertions: string[] = [];
    for (let user = 0; user < BROKER_USERS; user++) assertions.push(await anAssertion(entra, user));
    const broker = createBroker(entra, secret, assertions);
    const msal = createMsal(entra, secret, assertions);
    for (let user = 0; user < BROKER_USERS; user++) await broker(user);
    for (let user = 0; user < MSAL_USERS; user++) await msal(user);
    return await compareHits(entra, broker, msal);
  } finally {
    await close();
  }
}

async function compareHits(
  entra: EntraSimulator,
  broker: GetToken,
  msal: GetToken,
): Promise<Topic> {
  const exchanges = entra.countGrants();
  const taken = await takeTurns(
    {
      msal: hits(msal, { users: MSAL_USERS, calls: 20 }),
      broker: hits(broker, { users: BROKER_USERS, calls: 2_000 }),
    },
    ROUNDS,
  );
  if (entra.countGrants() !== exchanges) throw new Error("a hit went to Entra");
  const [own = [], theirs = []] = [taken.broker.micros, taken.msal.micros];
  const row = (name: string, users: number, micros: readonly number[]): string[] => [
    name,
    `${users}`,
    spread(micros, 1),
    (median(micros) / median(theirs)).toFixed(5),
  ];
  return {
    id: "token-broker",
    title: "Token broker: a cached Databricks token",
    columns: ["cache", "users in it", "µs per hit", "ratio"],
    rows: [
      row("msal-node, one client for all users", MSAL_USERS, theirs),
      row("token broker", BROKER_USERS, own),
    ],
    aims: [],
  };
}

/** Users far apart, one after the other. */
function hits(get: GetToken, { users, calls }: { users: number; calls: number }): Measure {
  let turn = 0;
  return async () => {
    const started = performance.now();
    // 7,919 shares no factor with the numbers of users, so that every user is reached.
    for (let call = 0; call < calls; call++) await get((turn++ * 7_919) % users);
    return { micros: ((performance.now() - started) * 1_000) / calls };
  };
}

function anAssertion(entra: EntraSimulator, user: number): Promise<string> {
  const objectId = `b1000000-0000-4000-8000-${String(user).padStart(12, "0")}`;
  const userName = `user-${user}@example.com`;
  return entra.issueUserToken({
    user: { name: userName, objectId, userName, displayName: `User ${user}` },
  });
}

function createBroker(entra: EntraSimulator, value: string, assertions: string[]): GetToken {
  const { clientId } = GATEWAY_API;
  const { tenantId } = entra;
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  const tokens = createDatabricksTokens({
    authorityHost: entra.url,
    tenantId,
    clientId,
    databricksResourceId: DATABRICKS_RESOURCE_ID,
    credential: { kind: "secret", value },
    send: createOutbound({ clock: systemClock, logger }),
    clock: systemClock,
    logger,
  });
  return (user) => {
    const assertion = assertions[user] ?? "";
    const objectId = `${user}`;
    return tokens.forCaller({ kind: "user", tenantId, objectId, clientId, assertion }).get();
  };
}

function createMsal(entra: EntraSimulator, clientSecret: string, assertions: string[]): GetToken {
  const { url: authority, host } = entraAuthority(entra.url, entra.tenantId);
  const { clientId } = GATEWAY_API;
  const client = new ConfidentialClientApplication({
    auth: { clientId, authority, knownAuthorities: [host], clientSecret },
  });
  const scopes = [`${DATABRICKS_RESOURCE_ID}/.default`];
  return (user) => client.acquireTokenOnBehalfOf({ oboAssertion: assertions[user] ?? "", scopes });
}
