// The part of Microsoft's workflow definition schema (2016-06-01) that the guides use. Strict: a property that the
// engine does not act on is an error, so that no guide shows a setting without effect.

import * as z from "zod";

/** ISO 8601, as far as the guides need it: `PT10S`, `PT5M`, `PT1H`. */
const duration = z.string().regex(/^PT\d+[HMS]$/);

const retryPolicy = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({
    type: z.enum(["fixed", "exponential"]),
    interval: duration,
    count: z.int().min(1).max(90),
  }),
]);
export type RetryPolicy = z.infer<typeof retryPolicy>;

export const authentication = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ManagedServiceIdentity"), audience: z.string() }),
  z.strictObject({
    type: z.literal("ActiveDirectoryOAuth"),
    authority: z.string().exactOptional(),
    tenant: z.string(),
    audience: z.string(),
    clientId: z.string(),
    secret: z.string(),
  }),
]);
export type Authentication = z.infer<typeof authentication>;

const request = z.strictObject({
  method: z.enum(["GET", "POST", "DELETE"]),
  uri: z.string(),
  queries: z.record(z.string(), z.string()).exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: z.unknown().optional(),
  authentication: authentication.exactOptional(),
  retryPolicy: retryPolicy.exactOptional(),
});
export type RequestTemplate = z.infer<typeof request>;

const common = {
  /** Action → the ends of it that start this one. */
  runAfter: z.record(z.string(), z.array(z.enum(["Succeeded", "Failed", "Skipped", "TimedOut"]))),
  limit: z.strictObject({ timeout: duration }).exactOptional(),
};

export const action = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("Http"),
    inputs: request,
    operationOptions: z.literal("DisableAsyncPattern").exactOptional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal("HttpWebhook"),
    inputs: z.strictObject({
      subscribe: request.omit({ queries: true }),
      // Its body may not name the callback: the guides need none at all.
      unsubscribe: request.omit({ queries: true, body: true, retryPolicy: true }),
    }),
    ...common,
  }),
  z.strictObject({ type: z.literal("Compose"), inputs: z.unknown(), ...common }),
]);
export type ActionDefinition = z.infer<typeof action>;
export type HttpDefinition = Extract<ActionDefinition, { type: "Http" }>;
export type WebhookDefinition = Extract<ActionDefinition, { type: "HttpWebhook" }>;

export const workflowDefinition = z.strictObject({
  $schema: z.literal(
    "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
  ),
  contentVersion: z.literal("1.0.0.0"),
  parameters: z.record(
    z.string(),
    z.strictObject({ type: z.literal("String"), defaultValue: z.string() }),
  ),
  triggers: z.strictObject({
    manual: z.strictObject({
      type: z.literal("Request"),
      kind: z.literal("Http"),
      inputs: z.strictObject({ schema: z.record(z.string(), z.unknown()) }),
    }),
  }),
  actions: z.record(z.string(), action),
  outputs: z.strictObject({}),
});
export type WorkflowDefinition = z.infer<typeof workflowDefinition>;

/** `PT10S` → 10. */
export function secondsOf(text: string): number {
  const unit = { S: 1, M: 60, H: 3_600 }[text.at(-1) ?? ""] ?? Number.NaN;
  return Number(text.slice(2, -1)) * unit;
}
