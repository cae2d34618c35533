// An operation back from its table row, parsed like everything that comes from outside: a row of another version's
// form, or one that somebody changed by hand, is no operation. Question and callback URL are still sealed.

import * as z from "zod";
import type { Failure } from "../errors/app-error.ts";
import { ERROR_CATALOGUE, type ErrorCode } from "../errors/error-catalogue.ts";
import { GENIE_STAGES } from "../operations/genie.ts";
import type { Callback, Operation } from "../operations/operation.ts";
import type { Owner } from "../operations/owner.ts";
import { OPERATION_ROW } from "./storage-names.ts";

/** Undefined when the row is no operation. */
export function operationOfRow(row: unknown): Operation | undefined {
  const parsed = operationRow.safeParse(row);
  return parsed.success ? parsed.data : undefined;
}

/** Absent columns are null. */
function orNull<Value>(column: z.ZodType<Value>) {
  return column.nullish().transform((value) => value ?? null);
}

const time = z.date().transform((date) => date.getTime());

const owner = z
  .string()
  .regex(/^(?:user|app):[^:]+:[^:]+$|^function-key$/)
  .transform((key): Owner => {
    const [kind, tenantId = "", id = ""] = key.split(":");
    if (kind === "user") return { kind, tenantId, objectId: id };
    if (kind === "app") return { kind, tenantId, clientId: id };
    return { kind: "function-key" };
  });

const fieldFault = z.union([
  z.object({ pointer: z.string(), detail: z.string() }),
  z.object({ parameter: z.string(), detail: z.string() }),
]);
const failure: z.ZodType<Failure> = z.object({
  code: z.custom<ErrorCode>(
    (code) => typeof code === "string" && Object.hasOwn(ERROR_CATALOGUE, code),
  ),
  detail: z.string(),
  remedy: z.string().exactOptional(),
  retryAfterSeconds: z.number().exactOptional(),
  claims: z.string().exactOptional(),
  errors: z.array(fieldFault).exactOptional(),
  links: z.record(z.string(), z.string()).exactOptional(),
});
const failureText = z
  .string()
  .transform((text, context) => {
    try {
      const value: unknown = JSON.parse(text);
      return value;
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(failure);

const identity = z
  .object({ partitionKey: z.string(), rowKey: z.literal(OPERATION_ROW) })
  .transform(({ partitionKey }) => ({ id: partitionKey }));

const facts = z.object({
  owner,
  space: z.string(),
  spaceId: z.string(),
  followUpOf: orNull(z.string()),
  claimedBody: orNull(z.string()),
  stage: z.enum([...GENIE_STAGES, "waiting_for_slot", "waiting_for_user"]),
  linkBase: z.string(),
  // Of no use for the operation itself: what is no trace is none, and never a reason to lose the record.
  traceparent: orNull(z.string()).catch(null),
  createdAt: time,
  updatedAt: time,
  expiresAt: time,
});

const callback = z
  .object({
    callbackOutcome: orNull(z.enum(["open", "delivered", "given_up"])),
    callbackTries: z.int().default(0),
    callbackNextTryAt: orNull(time),
    callbackUrl: z.string().default(""),
  })
  .transform((columns): { callback: Callback | null } => {
    const { callbackOutcome: outcome, callbackTries: tries, callbackUrl: url } = columns;
    const { callbackNextTryAt: nextTryAt } = columns;
    return { callback: outcome === null ? null : { url, tries, nextTryAt, outcome } };
  });

const asked = z
  .object({ conversationId: z.string(), messageId: z.string(), askedAt: time })
  .transform((columns) => ({ asked: columns }));
const notAsked = z
  .object({ askedAt: z.undefined().exactOptional() })
  .transform(() => ({ asked: null }));
const perhapsAsked = z.union([asked, notAsked]);

const genieMs = orNull(z.bigint().transform(Number));
const queued = z.object({
  status: z.literal("queued"),
  question: z.string(),
  intentAt: orNull(time),
  nextAskAt: time,
  unreachableSince: orNull(time),
  drivenUntil: time,
});
const running = z.object({
  status: z.literal("running"),
  nextPollAt: time,
  stageSince: time,
  drivenUntil: time,
});

const wasSent = z.boolean();
const failed = z.object({ status: z.literal("failed"), wasSent, genieMs, failure: failureText });
const progress = z.union([
  queued,
  running.and(asked),
  z.object({ status: z.literal("succeeded"), wasSent, genieMs }).and(asked),
  failed.and(perhapsAsked),
  z.object({ status: z.enum(["cancelled", "expired"]), wasSent }).and(perhapsAsked),
]);

const operationRow: z.ZodType<Operation> = identity.and(facts).and(callback).and(progress);
