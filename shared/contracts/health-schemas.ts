// Bodies of the health endpoints (design §3.1 table, §3.8). No host, id, date or value ever appears in them.

import * as z from "zod";
import { json } from "./route-contract.ts";

const checkStatus = z.enum(["ok", "degraded", "failed", "skipped"]);
const check = z
  .object({
    status: checkStatus,
    detail: z.string().meta({ description: "Why it is not ok." }).exactOptional(),
  })
  .meta({ id: "HealthCheck" });
const version = z.string().meta({ description: "Version of the gateway.", examples: ["0.1.0"] });

export const healthSchema = z
  .object({ status: z.literal("healthy"), version })
  .meta({ id: "Health", description: "The process answers." });
export const readinessSchema = z
  .object({
    status: z.enum(["ok", "degraded", "failed"]).meta({ description: "The worst of the checks." }),
    version,
    checks: z.object({
      configuration: check,
      key_vault: check,
      secret_expiry: check,
      entra: check,
      storage: check,
      databricks: check,
    }),
  })
  .meta({ id: "Readiness", description: "What was checked, and how it is." });
export type HealthBody = z.infer<typeof healthSchema>;
export type ReadinessBody = z.infer<typeof readinessSchema>;

export const healthResponses = { 200: json(healthSchema) };
export const readinessResponses = { 200: json(readinessSchema), 503: json(readinessSchema) };
