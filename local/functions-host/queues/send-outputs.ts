// Sends what a function gave to its queue outputs. An array becomes one message per element, also when it is
// text holding a JSON array; the queue is created when missing; no delay is possible (host#4176).

import { type AppSettings, resolvePlaceholders } from "../app-settings.ts";
import type { QueueSettings } from "../host-json.ts";
import type {
  FunctionMetadata,
  InvocationResponse,
  RpcBinding,
  RpcTypedData,
} from "../worker/core-contract.ts";
import { encodeMessage } from "./queue-encoding.ts";
import type { OpenQueues } from "./storage-queues.ts";

export interface OutputParts {
  readonly openQueues: OpenQueues;
  readonly encoding: QueueSettings["messageEncoding"];
  readonly settings: AppSettings;
}

/** Rejects when a message could not be sent: the invocation has then failed. */
export type SendOutputs = (
  metadata: FunctionMetadata,
  response: InvocationResponse,
) => Promise<void>;

export function createSendOutputs(parts: OutputParts): SendOutputs {
  return async (metadata, response) => {
    for (const [name, binding] of Object.entries(metadata.bindings)) {
      if (binding.direction === "out" && binding.type.toLowerCase() === "queue") {
        await sendAll(binding, messagesOf(outputOf(name, response)), parts);
      }
    }
  };
}

function outputOf(name: string, response: InvocationResponse): RpcTypedData | null | undefined {
  return name === "$return"
    ? response.returnValue
    : response.outputData?.find((output) => output.name === name)?.data;
}

async function sendAll(
  { connection = "AzureWebJobsStorage", queueName }: RpcBinding,
  texts: readonly string[],
  { openQueues, encoding, settings }: OutputParts,
): Promise<void> {
  if (texts.length === 0) {
    return;
  }
  const service = await openQueues(String(connection));
  const queue = service.getQueueClient(resolvePlaceholders(String(queueName), settings));
  await queue.createIfNotExists();
  for (const text of texts) {
    await queue.sendMessage(encodeMessage(text, encoding));
  }
}

function messagesOf(data: RpcTypedData | null | undefined): string[] {
  const text = textOf(data);
  if (text === undefined) {
    return [];
  }
  const list = jsonArray(text);
  return list === undefined
    ? [text]
    : list.map((element) => (typeof element === "string" ? element : JSON.stringify(element)));
}

function textOf(data: RpcTypedData | null | undefined): string | undefined {
  if (data?.bytes !== undefined) {
    return Buffer.from(data.bytes).toString("utf8");
  }
  const value = data?.string ?? data?.json ?? data?.int ?? data?.double;
  return value === undefined ? undefined : String(value);
}

function jsonArray(text: string): unknown[] | undefined {
  if (!text.trimStart().startsWith("[")) {
    return undefined;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
