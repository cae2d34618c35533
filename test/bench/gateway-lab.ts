// The gateway as workers compose it, several times in this process, on counted storage and with a clock that jumps:
// sockets, storage and tokens are real, only waiting takes no time. What no HTTP request needs is left out.

import { randomBytes } from "node:crypto";
import { HttpRequest } from "@azure/functions";
import { createCertificates, trustCertificate } from "../../local/certificates.ts";
import { startIdentityServices } from "../../local/identity-services.ts";
import { startSimulatedWorkspace } from "../../local/stand/simulated-workspace.ts";
import { createStandSettings } from "../../local/stand/stand-settings.ts";
import { ANALYST, CALLER_WITH_ROLE, GATEWAY_API, type SimulatedUser } from "../../local/users.ts";
import { composeGateway, type Gateway } from "../../shared/app/compose-gateway.ts";
import { getOperationResult, queryApp, queryObo } from "../../shared/contracts/routes.ts";
import { serveRoute } from "../../shared/http/serve-route.ts";
import { createSettledClock } from "../support/settled-clock.ts";
import { startCountedStorage } from "./counted-storage.ts";

export interface LabOptions {
  /** Of the gateway and of the workspace alike. */
  readonly questionsPerMinute: number;
  readonly instances?: number;
  readonly moreAnalysts?: readonly SimulatedUser[];
  readonly settings?: Readonly<Record<string, string>>;
}

export interface LabReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface LabQuestion {
  readonly as: "user" | "app";
  readonly token: string;
  readonly body: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Lab = Awaited<ReturnType<typeof startGatewayLab>>;

const BASE = "http://127.0.0.1";
const LIFETIME_S = 12 * 3_600;
const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

/** @throws Error when a port is taken or a part does not start; nothing is left running then */
export async function startGatewayLab(options: LabOptions) {
  const { questionsPerMinute, instances: count = 1, moreAnalysts = [] } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const clock = createSettledClock(Date.now());
    const certificates = await createCertificates();
    trustCertificate(certificates.caPem);
    const users = [ANALYST, ...moreAnalysts];
    const identity = await startIdentityServices({ tls: certificates, users, clock });
    closers.push(identity.close);
    const databricks = await startSimulatedWorkspace({
      entra: identity.entra,
      questionsPerMinute,
      moreAnalysts,
      now: clock.now,
    });
    closers.push(databricks.close);
    const storage = await startCountedStorage();
    closers.push(storage.close);
    const environment = {
      ...createStandSettings(identity, databricks.url, storage.connectionString),
      ...ownSecrets(identity.entra.addSecret(GATEWAY_API.clientId)),
      GENIE__QUESTIONS_PER_MINUTE: String(questionsPerMinute),
      GENIE__MAX_WAIT_SECONDS: "200",
      ...options.settings,
    };
    const workers = Array.from({ length: count }, () =>
      composeGateway({ environment, clock, logger: silentLogger }),
    );
    let turn = 0;
    /** The instances take turns, as behind a load balancer. */
    const next = (): Gateway => {
      const worker = workers[turn++ % count];
      if (worker === undefined) throw new Error("there is no instance");
      return worker;
    };
    const tokenOf = (user: SimulatedUser) =>
      identity.entra.issueUserToken({ user, lifetimeS: LIFETIME_S });
    const appToken = () =>
      identity.entra.issueAppToken({ clientId: CALLER_WITH_ROLE.clientId, lifetimeS: LIFETIME_S });
    return { clock, databricks, storage, next, tokenOf, appToken, close, ...requests(next) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Instead of the vault: the library for managed identities keeps tokens for the whole process, of a lab before. */
function ownSecrets(clientSecret: string) {
  return {
    CLIENT_CREDENTIAL: "secret",
    CLIENT_SECRET: clientSecret,
    SEALING_KEY: randomBytes(32).toString("base64"),
    WEBHOOK_SIGNING_SECRET: randomBytes(32).toString("base64"),
  };
}

function requests(next: () => Gateway) {
  return {
    /** POST /genie/query-obo or /genie/query-app */
    ask: async ({ as, token, body, headers = {} }: LabQuestion): Promise<LabReply> => {
      const gateway = next();
      const load = async () => gateway;
      const request = new HttpRequest({
        method: "POST",
        url: `${BASE}/genie/query-${as === "user" ? "obo" : "app"}`,
        headers: { ...authorized(token), "content-type": "application/json", ...headers },
        body: { string: JSON.stringify(body) },
      });
      const { queryObo: asUser, queryApp: asApp } = gateway.endpoints;
      const response =
        as === "user"
          ? serveRoute({ contract: queryObo, load, handle: (_, input) => asUser(input) }, request, {
              invocationId: "lab",
            })
          : serveRoute({ contract: queryApp, load, handle: (_, input) => asApp(input) }, request, {
              invocationId: "lab",
            });
      return read(await response);
    },
    /** GET /genie/operations/{id}/result, waiting. */
    result: async (token: string, id: string): Promise<LabReply> => {
      const gateway = next();
      const request = new HttpRequest({
        method: "GET",
        url: `${BASE}/genie/operations/${id}/result`,
        headers: { ...authorized(token), prefer: "wait=200" },
        params: { operation_id: id },
      });
      const load = async () => gateway;
      const { getOperationResult: resultOf } = gateway.endpoints;
      const route = {
        contract: getOperationResult,
        load,
        handle: (_: unknown, input: Parameters<typeof resultOf>[0]) => resultOf(input),
      };
      return read(await serveRoute(route, request, { invocationId: "lab" }));
    },
  };
}

const authorized = (token: string) => ({ authorization: `Bearer ${token}` });

async function read(response: Awaited<ReturnType<typeof serveRoute>>): Promise<LabReply> {
  return { status: response.status, body: JSON.parse(await response.text()) };
}
