// A cached Databricks token: our broker against msal-node's own on-behalf-of cache. What is timed is the hit alone;
// the bench fails when a call goes to Entra meanwhile.

import { createCertificates, trustCertificate } from "../../local/certificates.ts";
import type { EntraSimulator } from "../../local/entra/entra-simulator.ts";
import { startIdentityServices } from "../../local/identity-services.ts";
import { GATEWAY_API } from "../../local/users.ts";
import {
  createSubject,
  type Measure,
  ratioText,
  type Subject,
  spread,
  takeTurns,
} from "./samples.ts";
import {
  createBroker,
  createMsalPerUser,
  createSharedMsal,
  type GetToken,
} from "./token-caches.ts";
import type { Topic } from "./topic.ts";

const ROUNDS = 15;
const FEW = 500;
const MANY = 2_000;

export async function benchTokenBroker(): Promise<Topic> {
  const { caPem, ...tls } = await createCertificates();
  trustCertificate(caPem);
  const { entra, close } = await startIdentityServices({ tls });
  try {
    return await compareHits(entra);
  } finally {
    await close();
  }
}

async function compareHits(entra: EntraSimulator): Promise<Topic> {
  const registration = { entra, clientSecret: entra.addSecret(GATEWAY_API.clientId) };
  const many = await issueAssertions(entra, MANY);
  const few = many.slice(0, FEW);
  const shared = await fill(createSharedMsal(registration), few);
  const perUser = await fill(createMsalPerUser(registration), few);
  const small = await fill(createBroker(registration), few);
  const large = await fill(createBroker(registration), many);

  const baseline = createSubject("msal-node, one client for all users", hits(shared, few, 20));
  const rows: [Subject, users: number][] = [
    [baseline, FEW],
    [createSubject("msal-node, one client per user", hits(perUser, few, 500)), FEW],
    [createSubject("token broker", hits(small, few, 2_000)), FEW],
    [createSubject("token broker", hits(large, many, 2_000)), MANY],
  ];
  const exchanges = entra.countGrants();
  await takeTurns(
    rows.map(([subject]) => subject),
    ROUNDS,
  );
  if (entra.countGrants() !== exchanges) throw new Error("a hit went to Entra");
  return {
    id: "token-broker",
    title: "Token broker: a cached Databricks token",
    columns: ["cache", "users in it", "µs per hit", "ratio"],
    rows: rows.map(([subject, users]) => [
      subject.name,
      `${users}`,
      spread(subject.values("micros"), 1),
      ratioText(subject, baseline, "micros"),
    ]),
    aims: [],
  };
}

async function issueAssertions(entra: EntraSimulator, users: number): Promise<string[]> {
  const assertions: string[] = [];
  for (let number = 0; number < users; number++) {
    const objectId = `b1000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    const name = `user-${number}@example.com`;
    const user = { name, objectId, userName: name, displayName: name };
    assertions.push(await entra.issueUserToken({ user }));
  }
  return assertions;
}

async function fill(get: GetToken, assertions: readonly string[]): Promise<GetToken> {
  for (const assertion of assertions) await get(assertion);
  return get;
}

/** Users far apart, one call after the other. */
function hits(get: GetToken, assertions: readonly string[], calls: number): Measure {
  let turn = 0;
  // A prime: every user comes up before one comes again.
  const next = () => assertions[(turn++ * 7_919) % assertions.length] ?? "";
  return async () => {
    const started = performance.now();
    for (let call = 0; call < calls; call++) await get(next());
    return { micros: ((performance.now() - started) * 1_000) / calls };
  };
}
