// One compiler process for the whole check, spoken to by JSON-RPC: each start of the command line costs a second and more, of
// which a check with its planted faults would need a hundred. It reads files and writes none.

import { spawn } from "node:child_process";

interface Diagnostic {
  readonly source: string;
  readonly range: { readonly start: { readonly line: number; readonly char: number } };
  readonly level: string;
  readonly code: string;
  readonly message: string;
}

interface Methods {
  readonly compile: {
    readonly request: { readonly path: string };
    readonly result: {
      readonly success: boolean;
      readonly diagnostics: readonly Diagnostic[];
      /** ARM JSON; absent when it does not compile. */
      readonly contents?: string;
    };
  };
  readonly compileParams: {
    readonly request: { readonly path: string; readonly parameterOverrides: object };
    readonly result: { readonly success: boolean; readonly diagnostics: readonly Diagnostic[] };
  };
  readonly getSnapshot: {
    readonly request: {
      readonly path: string;
      readonly metadata: object;
      readonly externalInputs: readonly [];
    };
    readonly result: { readonly snapshot: string };
  };
  readonly format: {
    readonly request: { readonly path: string };
    readonly result: { readonly contents: string };
  };
}

export interface BicepProcess extends AsyncDisposable {
  call<M extends keyof Methods>(
    method: M,
    request: Methods[M]["request"],
  ): Promise<Methods[M]["result"]>;
}

interface Reply {
  readonly id: number;
  readonly result?: never;
  readonly error?: { readonly message: string };
}

/** With these variables of ours and no other, whatever the shell has: a parameter file reads them when it is compiled. */
export function startBicep(
  command: string,
  variables: Readonly<Record<string, string>>,
): BicepProcess {
  const others = Object.entries(process.env).filter(([name]) => !/^(AZURE|GENIE)_/.test(name));
  const env = { ...Object.fromEntries(others), ...variables };
  const child = spawn(command, ["jsonrpc", "--stdio"], { stdio: ["pipe", "pipe", "inherit"], env });
  const waiting = new Map<number, PromiseWithResolvers<never>>();
  readMessages(child.stdout, ({ id, result, error }) => {
    const call = waiting.get(id);
    if (error !== undefined) call?.reject(new Error(error.message));
    else if (result !== undefined) call?.resolve(result);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      for (const call of waiting.values()) call.reject(new Error("The Bicep compiler has ended."));
      resolve();
    });
  });
  let last = 0;
  return {
    call: (method, request) => {
      last += 1;
      const call = Promise.withResolvers<never>();
      waiting.set(last, call);
      const message = { jsonrpc: "2.0", id: last, method: `bicep/${method}`, params: [request] };
      const body = Buffer.from(JSON.stringify(message));
      child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
      child.stdin.write(body);
      return call.promise;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

const HEADER_END = "\r\n\r\n";

function readMessages(stream: NodeJS.ReadableStream, take: (message: Reply) => void): void {
  let rest = Buffer.alloc(0);
  stream.on("data", (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const header = rest.indexOf(HEADER_END);
      if (header === -1) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.toString("utf8", 0, header))?.[1]);
      const start = header + HEADER_END.length;
      if (rest.length < start + length) return;
      take(JSON.parse(rest.toString("utf8", start, start + length)));
      rest = rest.subarray(start + length);
    }
  });
}
