// The gateway as one worker composes it, in this process and with the clock of the test: the real HTTP layer around
// the real use cases, without a host.

import { HttpRequest } from "@azure/functions";
import { createExchangeFile } from "../../local/functions-host/http/record-exchange.ts";
import { composeGateway } from "../../shared/app/compose-gateway.ts";
import { getOperationResult, queryObo } from "../../shared/contracts/routes.ts";
import { serveRoute } from "../../shared/http/serve-route.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";

export interface InProcessReply {
  readonly status: number;
  readonly text: string;
}

export interface InProcessGateway {
  /** POST /genie/query-obo */
  ask(token: string, question: string, waitS: number): Promise<InProcessReply>;
  /** GET /genie/operations/{id}/result */
  result(token: string, operationId: string, waitS: number): Promise<InProcessReply>;
}

const BASE = "http://127.0.0.1";
const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

export function createInProcessGateway(
  environment: Readonly<Record<string, string>>,
  clock: Clock,
): InProcessGateway {
  const gateway = composeGateway({ environment, clock, logger: silentLogger });
  const load = async () => gateway;
  const headersOf = (token: string, waitS: number) => ({
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    prefer: `wait=${waitS}`,
  });
  return {
    ask: async (token, question, waitS) => {
      const handle = (endpoints: typeof gateway.endpoints, input: InputOfAsk) =>
        endpoints.queryObo(input);
      const request = new HttpRequest({
        method: "POST",
        url: `${BASE}/genie/query-obo`,
        headers: headersOf(token, waitS),
        body: { string: JSON.stringify({ query: question }) },
      });
      const response = await serveRoute({ contract: queryObo, load, handle }, request, {
        invocationId: "in-process",
      });
      return read(request, queryObo.path, response);
    },
    result: async (token, operationId, waitS) => {
      const handle = (endpoints: typeof gateway.endpoints, input: InputOfResult) =>
        endpoints.getOperationResult(input);
      const request = new HttpRequest({
        method: "GET",
        url: `${BASE}/genie/operations/${operationId}/result`,
        headers: headersOf(token, waitS),
        params: { operation_id: operationId },
      });
      const route = { contract: getOperationResult, load, handle };
      const response = await serveRoute(route, request, { invocationId: "in-process" });
      return read(request, getOperationResult.path, response);
    },
  };
}

type Endpoints = ReturnType<typeof composeGateway>["endpoints"];
type InputOfAsk = Parameters<Endpoints["queryObo"]>[0];
type InputOfResult = Parameters<Endpoints["getOperationResult"]>[0];

async function read(
  { method, url }: HttpRequest,
  route: string,
  { status, headers, body }: Awaited<ReturnType<typeof serveRoute>>,
): Promise<InProcessReply> {
  const text = await new Response(body as ReadableStream | null).text();
  const folder = process.env.RECORD_EXCHANGES;
  if (folder !== undefined) {
    // As the development host writes down its own answers, for documented-responses.ts.
    createExchangeFile(folder)({
      ...{
        method,
        path: url.slice(BASE.length),
        route,
        status,
        headers: Object.fromEntries(headers),
      },
      ...{ body: text, encoding: "utf8", size: Buffer.byteLength(text) },
      ...{ isCutOff: false, isComplete: true },
    });
  }
  return { status, text };
}
