// Bodies of the health endpoints (design §3.1 table, §3.8). No host, id, date or value ever appears in them.

import * as z from "zod";

export const HEALTH_CHECKS = [
  "configuration",
  "key_vault",
  "secret_expiry",
  "entra",
  "storage",
  "databricks",
] as const;

const checkStatus = z.enum(["ok", "degraded", "failed", "skipped"]);
const check = z.object({ status: checkStatus, detail: z.string().exactOptional() });

export const healthSchema = z.object({ status: z.literal("healthy"), version: z.string() });
export const readinessSchema = z.object({
  status: z.enum(["ok", "degraded", "failed"]),
  version: z.string(),
  checks: z.record(z.enum(HEALTH_CHECKS), check),
});
export type HealthBody = z.infer<typeof healthSchema>;
export type ReadinessBody = z.infer<typeof readinessSchema>;

export const healthResponses = { 200: healthSchema };
export const readinessResponses = { 200: readinessSchema, 503: readinessSchema };
