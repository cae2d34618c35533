// The part of `@azure/functions-core` that the library and this host speak with each other. The module is not
// published: its shapes are read from the source of @azure/functions 4.16.5 (`src/InvocationModel.ts`,
// `src/ProgrammingModel.ts`, `src/converters`). Holds no behaviour.

/** One value as it crosses between host and worker; exactly one field is set. */
export interface RpcTypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: RpcHttp;
}

interface NullableValue<T> {
  value: T;
}

export interface RpcCookie {
  name: string;
  value: string;
  domain?: NullableValue<string>;
  path?: NullableValue<string>;
  expires?: NullableValue<{ seconds: number }>;
  secure?: NullableValue<boolean>;
  httpOnly?: NullableValue<boolean>;
  maxAge?: NullableValue<number>;
  sameSite?: "none" | "lax" | "strict" | "explicitNone";
}

/** An HTTP request on the way in, or (with `statusCode`) a response on the way out. */
export interface RpcHttp {
  method?: string;
  url?: string;
  nullableHeaders?: Record<string, NullableValue<string>>;
  nullableQuery?: Record<string, NullableValue<string>>;
  nullableParams?: Record<string, NullableValue<string>>;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: RpcCookie[];
  body?: RpcTypedData | null;
}

export interface RpcBinding {
  type: string;
  direction: "in" | "out";
  [option: string]: unknown;
}

export interface FunctionMetadata {
  name: string;
  bindings: Record<string, RpcBinding>;
}

export type FunctionCallback = (...inputs: unknown[]) => unknown;

export interface InvocationRequest {
  inputData: { name: string; data: RpcTypedData }[];
  triggerMetadata: Record<string, RpcTypedData>;
  traceContext?: { traceParent?: string; traceState?: string };
}

export interface InvocationResponse {
  returnValue?: RpcTypedData | null;
  outputData?: { name: string; data: RpcTypedData }[];
}

export type LogLevel = "trace" | "debug" | "information" | "warning" | "error" | "critical";

export interface CoreInvocationContext {
  invocationId: string;
  request: InvocationRequest & { invocationId: string };
  metadata: FunctionMetadata;
  state?: "preInvocationHooks" | "invocation" | "postInvocationHooks" | undefined;
  log(level: LogLevel, category: "user" | "system", message: string): void;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

export interface ProgrammingModel {
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export const hookNames = [
  "appStart",
  "appTerminate",
  "preInvocation",
  "postInvocation",
  "log",
] as const;
export type HookName = (typeof hookNames)[number];
export type HookCallback = (context: object) => unknown;

/** What `require("@azure/functions-core")` answers. */
export interface CoreModule {
  setProgrammingModel(model: ProgrammingModel): void;
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): { dispose(): void };
  registerHook(name: string, callback: HookCallback): { dispose(): void };
  log(level: LogLevel, category: "user" | "system", message: string): void;
}
