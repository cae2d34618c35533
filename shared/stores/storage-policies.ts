// What every call to Table or Queue storage passes through inside the SDK's pipeline: a bound for each try, a
// bound for the whole call, and a table or queue that is made when it turns out to be missing. No call costs more
// for it while all is well, and no adapter has to think of it.

import type { RestError, TableServiceClientOptions } from "@azure/data-tables";
import { inSpan } from "../telemetry/spans.ts";

export type StoragePolicies = NonNullable<TableServiceClientOptions["additionalPolicies"]>;
type Policy = StoragePolicies[number]["policy"];
type Reply = Awaited<ReturnType<Policy["sendRequest"]>>;

export interface StorageLimits {
  /** One try, ms. */
  readonly tryMs: number;
  /** All tries of one call with their pauses, ms. */
  readonly callMs: number;
}

export interface PolicyDeps {
  readonly limits: StorageLimits;
  /** Of the table or queue; spans are called by it. */
  readonly name: string;
  /** The SDK's class, which its retries look for; handed in because the SDK is loaded on first use. */
  readonly RestError: typeof RestError;
  /** Makes the table or queue; it may exist by then. */
  readonly create: () => Promise<unknown>;
}

export function storagePolicies(deps: PolicyDeps): StoragePolicies {
  const { limits, RestError, create, name } = deps;
  return [
    { policy: spanOfCall(name), position: "perCall" },
    { policy: boundCall(limits.callMs), position: "perCall" },
    { policy: createWhenMissing(create), position: "perCall" },
    { policy: boundTry(limits.tryMs, RestError), position: "perRetry" },
  ];
}

/** With all its tries. The address is not told: keys of rows stand in it. */
function spanOfCall(name: string): Policy {
  return {
    name: "genieSpan",
    sendRequest: (request, next) => {
      const { method } = request;
      const attributes = { "http.request.method": method, "peer.service": "storage" };
      return inSpan({ name: `${method} ${name}`, kind: "client", attributes }, async (span) => {
        const reply = await next(request);
        span.set("http.response.status_code", reply.status);
        return reply;
      });
    },
  };
}

/** Also ends the wait for a token, which does not listen to the request's signal. */
function boundCall(callMs: number): Policy {
  return {
    name: "genieBoundCall",
    async sendRequest(request, next) {
      const late = startTimer(callMs);
      request.abortSignal = joined(request.abortSignal, late.signal);
      const tooLate = new Promise<never>((_, reject) => {
        late.signal.addEventListener("abort", () => reject(late.signal.reason), { once: true });
      });
      try {
        return await Promise.race([next(request), tooLate]);
      } finally {
        late.stop();
      }
    },
  };
}

/**
 * A try that hangs becomes a connection error, so that the SDK tries again: idle connections that a firewall
 * forgot swallow the first request, and a plain abort would end the call (measured).
 */
function boundTry(tryMs: number, RestErrorClass: typeof RestError): Policy {
  return {
    name: "genieBoundTry",
    async sendRequest(request, next) {
      const outer = request.abortSignal;
      const late = startTimer(tryMs);
      request.abortSignal = joined(outer, late.signal);
      try {
        return await next(request);
      } catch (error) {
        if (!late.signal.aborted || outer?.aborted) throw error;
        const timedOut = new RestErrorClass("no answer in time", { code: "ETIMEDOUT" });
        timedOut.cause = error;
        throw timedOut;
      } finally {
        late.stop();
        if (outer === undefined) delete request.abortSignal;
        else request.abortSignal = outer;
      }
    },
  };
}

/** Stopped as soon as the work is done, so that nothing of it is held until its time is over. */
function startTimer(ms: number): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const reason = new DOMException("no answer in time", "TimeoutError");
  const timer = setTimeout(() => controller.abort(reason), ms);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

type Signal = Parameters<Policy["sendRequest"]>[0]["abortSignal"];

/** The SDK passes real signals; its own type only promises a part of one. */
function joined(outer: Signal, own: AbortSignal): AbortSignal {
  return outer instanceof AbortSignal ? AbortSignal.any([outer, own]) : own;
}

function createWhenMissing(create: () => Promise<unknown>): Policy {
  return {
    name: "genieCreateWhenMissing",
    async sendRequest(request, next) {
      const outcome = await next(request).then(
        (reply) => ({ reply, settle: () => reply }),
        (error: unknown) => ({
          reply: replyOf(error),
          settle: () => {
            throw error;
          },
        }),
      );
      if (!saysMissing(outcome.reply)) return outcome.settle();
      await create();
      return await next(request);
    },
  };
}

/** Table calls answer an error status with an exception that carries the reply. */
function replyOf(error: unknown): Reply | undefined {
  if (!(error instanceof Error && "response" in error)) return undefined;
  return isReply(error.response) ? error.response : undefined;
}

function isReply(value: unknown): value is Reply {
  return typeof value === "object" && value !== null && "status" in value && "headers" in value;
}

/** Queues say it in a header, tables in the body, batches in a body whose own status is 202. */
function saysMissing(reply: Reply | undefined): boolean {
  if (reply === undefined) return false;
  const isBatch = reply.status === 202 && reply.request.url.includes("$batch");
  if (reply.status !== 404 && !isBatch) return false;
  const code = `${reply.headers.get("x-ms-error-code")} ${reply.bodyAsText}`;
  return /\b(?:Table|Queue)NotFound\b/.test(code);
}
