// Microsoft Graph through `az rest`: the signed-in person's rights, no further sign-in. Reads and writes as calls.

import type { Call, CallInput, Planned } from "../cli/call.ts";

const GRAPH = "https://graph.microsoft.com/v1.0";

export interface GraphCall {
  readonly method: "GET" | "POST" | "PATCH";
  /** Below the version, with a leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly planned: Planned;
  readonly when?: string;
  readonly headers?: readonly string[];
  readonly mayBeEarly?: "object";
}

export function graph({ method, path, body, headers = [], ...rest }: GraphCall): Call {
  const input: CallInput | undefined =
    body === undefined ? undefined : { kind: "json", value: body };
  const bodyArgs =
    input === undefined
      ? []
      : ["--headers", "Content-Type=application/json", ...headers, "--body", "@-"];
  const url = `${GRAPH}${path}`;
  return {
    program: "az",
    args: ["rest", "--method", method, "--url", url, ...bodyArgs, "--output", "json"],
    ...(input === undefined ? {} : { input }),
    ...rest,
  };
}
