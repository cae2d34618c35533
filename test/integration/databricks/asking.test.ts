// The POST that asks, over real HTTP: every fate that a reply can have, and that it is sent once.

import { beforeEach, describe, expect } from "vitest";
import type { AskReply } from "../../../shared/operations/genie.ts";
import {
  drip,
  reply,
  reset,
  resetMidway,
  type Step,
  silence,
} from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import {
  CONVERSATION,
  type GenieBench,
  MESSAGE,
  REF,
  SPACE,
  startGenieBench,
} from "./genie-bench.ts";

let bench: GenieBench;
beforeEach(async () => {
  const started = await startGenieBench();
  bench = started;
  return () => started[Symbol.asyncDispose]();
});

const QUESTION = 'Wie viele "Flüge"\u0000\n🛫 gab es?';
const start = (step: Step): Promise<AskReply> => {
  bench.server.script(step);
  return bench.genie.startConversation(SPACE, QUESTION);
};
const followUp = (step: Step): Promise<AskReply> => {
  bench.server.script(step);
  return bench.genie.createMessage(SPACE, CONVERSATION, QUESTION);
};
const aMessage = {
  message_id: MESSAGE,
  conversation_id: CONVERSATION,
  content: "q",
  status: "SUBMITTED",
};
const aStart = { conversation_id: CONVERSATION, message_id: MESSAGE, message: aMessage };

describe("accepted", () => {
  verifies(
    "databricks.visualisations",
    "the question is sent unchanged, visualisations on",
    async () => {
      await start(reply(200, aStart));
      await followUp(reply(200, aMessage));
      const [opened, asked] = bench.server.seen;
      expect(opened).toMatchObject({
        method: "POST",
        path: `/api/2.0/genie/spaces/${SPACE}/start-conversation`,
        headers: { authorization: "Bearer token-1", "content-type": "application/json" },
      });
      expect(asked?.path).toBe(
        `/api/2.0/genie/spaces/${SPACE}/conversations/${CONVERSATION}/messages`,
      );
      for (const seen of [opened, asked]) {
        expect(JSON.parse(seen?.body ?? "")).toEqual({
          content: QUESTION,
          enable_visualization: true,
        });
      }
    },
  );

  verifies(
    "databricks.tolerant-wire",
    "the wrapped, the bare and the legacy form of the reply",
    async () => {
      const accepted = { kind: "accepted", message: { ...REF, state: { kind: "working" } } };
      expect(await start(reply(200, aStart))).toMatchObject(accepted);
      expect(await followUp(reply(200, aMessage))).toMatchObject(accepted);
      const legacy = {
        conversation: { id: CONVERSATION },
        message: { id: MESSAGE, status: "IN_PROGRESS" },
      };
      expect(await start(reply(200, legacy))).toMatchObject(accepted);
      const idsOnly = { conversation_id: CONVERSATION, message_id: MESSAGE };
      expect(await start(reply(201, idsOnly))).toMatchObject({
        ...accepted,
        message: { ...REF, state: { kind: "working", stage: "SUBMITTED" } },
      });
    },
  );
});

describe("the fate of an ask", () => {
  verifies(
    "databricks.ask-once",
    "429 was limited, with the time that Databricks names",
    async () => {
      const limited = reply(429, { error_code: "REQUEST_LIMIT_EXCEEDED" }, { "retry-after": "12" });
      expect(await start(limited)).toEqual({ kind: "rate_limited", retryAfterMs: 12_000 });
      expect(await followUp(reply(429))).toEqual({ kind: "rate_limited", retryAfterMs: undefined });
      expect(bench.server.seen).toHaveLength(2);
    },
  );

  verifies(
    "databricks.ask-once",
    "503 and a refused connection were surely not asked",
    async () => {
      expect(await start(reply(503, {}, { "retry-after": "2" }))).toEqual({
        kind: "not_sent",
        retryAfterMs: 2_000,
      });
      expect(bench.server.seen).toHaveLength(1);
      await bench.server[Symbol.asyncDispose]();
      expect(await bench.genie.startConversation(SPACE, "q")).toEqual({
        kind: "not_sent",
        retryAfterMs: undefined,
      });
    },
  );

  verifies(
    "databricks.ask-once",
    "an open circuit surely did not ask, and loses nothing",
    async () => {
      for (let i = 0; i < 5; i++) await start(reply(503));
      expect(await start(reply(200, aStart))).toEqual({ kind: "not_sent", retryAfterMs: 5_000 });
      expect(bench.server.seen).toHaveLength(5);
      bench.clock.advance(5_000);
      expect(await start(reply(200, aStart))).toMatchObject({ kind: "accepted" });
    },
  );

  verifies(
    "databricks.ask-once",
    "a lost reply is of unknown fate and is not asked again",
    async () => {
      for (const step of [reset, resetMidway, silence, drip]) {
        expect(await start(step)).toEqual({ kind: "unknown" });
      }
      expect(bench.server.seen).toHaveLength(4);
    },
  );

  verifies(
    "databricks.ask-once",
    "500, 502, 504 and an accepted reply nobody understands are unknown",
    async () => {
      const steps = [
        ...[500, 502, 504, 408].map((status) => reply(status, "")),
        reply(200, '{"conversation_id":'),
        reply(200, "<html>signed out</html>"),
        reply(200, ""),
        reply(200, []),
        reply(200, { conversation_id: CONVERSATION }),
        reply(200, { conversation_id: {}, message_id: [] }),
      ];
      for (const step of steps) expect(await start(step)).toEqual({ kind: "unknown" });
      expect(await followUp(reply(200, { status: "SUBMITTED" }))).toEqual({ kind: "unknown" });
      expect(bench.server.seen).toHaveLength(steps.length + 1);
    },
  );

  verifies(
    "databricks.ask-once",
    "4xx was refused, with the failure that the text tells",
    async () => {
      const codeOf = (asked: AskReply) =>
        asked.kind === "refused" ? asked.failure.code : asked.kind;
      const denied = (message: string) => reply(403, { error_code: "PERMISSION_DENIED", message });
      const noSpace = denied(
        "Unable to get space [x]. Caused by User 1 does not have read permission for node",
      );
      expect(codeOf(await start(noSpace))).toBe("genie_space_forbidden");
      expect(codeOf(await followUp(noSpace))).toBe("genie_space_forbidden");
      const noWarehouse = denied("1 is not authorized to use or monitor this SQL Endpoint.");
      expect(codeOf(await start(noWarehouse))).toBe("warehouse_forbidden");
      const gone = reply(404, {
        error_code: "RESOURCE_DOES_NOT_EXIST",
        message: "Conversation x does not exist.",
      });
      expect(codeOf(await followUp(gone))).toBe("conversation_not_found");
      expect(codeOf(await followUp(reply(409, { error_code: "RESOURCE_CONFLICT" })))).toBe(
        "conversation_busy",
      );
      expect(codeOf(await start(reply(400, { error_code: "INVALID_PARAMETER_VALUE" })))).toBe(
        "genie_failed",
      );
      expect(codeOf(await start(reply(302, "", { location: "/login" })))).toBe(
        "genie_misconfigured",
      );
    },
  );

  verifies(
    "databricks.token-renewed",
    "a refused token asked nothing: once more with a new one",
    async () => {
      for (const refusal of [
        reply(403, { error_code: 403, message: "Invalid access token. [ReqId: x]" }),
        reply(401, ""),
      ]) {
        await using fresh = await startGenieBench();
        fresh.server.script(refusal, reply(200, aStart));
        expect(await fresh.genie.startConversation(SPACE, "q")).toMatchObject({ kind: "accepted" });
        expect(fresh.rejected).toEqual(["token-1"]);
        expect(fresh.server.seen.map((seen) => seen.headers.authorization)).toEqual([
          "Bearer token-1",
          "Bearer token-2",
        ]);
      }
    },
  );
});
