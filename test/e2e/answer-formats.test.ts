// One Answer in every format, over HTTP: asks, `/result`, one message; what stays JSON; and what is refused (design §3.3).

import { describe, expect } from "vitest";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import { cardFaults } from "../support/card-faults.ts";
import { eventually } from "../support/eventually.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { followed } from "./follow-reply.ts";
import {
  acceptedOf,
  answerOf,
  ask,
  call,
  faultyPlaces,
  type GatewayReply,
  problemOf,
} from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const stand = useStand("answer-formats");
const questions = scriptedQuestions(stand);
const read = (path: string) => call(stand(), { path, as: "analyst" });

const HOSTILE_CELL = "[x](javascript:alert(1))|<b>";
const TABLE: ScriptedAnswer = {
  stages: [],
  attachments: [
    { kind: "query", title: "Delays" },
    { kind: "text", content: `**${SECRET_MARKERS.answer}**` },
    { kind: "suggestions", questions: ["And by month?"] },
  ],
  result: {
    columns: [
      { name: "carrier", type: "STRING" },
      { name: "avg_delay", type: "DOUBLE" },
    ],
    rows: [
      ["AA", "1.5"],
      [HOSTILE_CELL, "2"],
    ],
  },
};
/** The same, but not at once. */
const SLOW_TABLE: ScriptedAnswer = { ...TABLE, stages: [{ status: "ASKING_AI", forMs: 900 }] };
const manyRows = (count: number): ScriptedAnswer => ({
  stages: [],
  result: {
    columns: [
      { name: "carrier", type: "STRING" },
      { name: "delay", type: "INT" },
    ],
    rows: {
      count,
      read: (from, to) =>
        Array.from({ length: to - from }, (_, i) => [`_${from + i}_ ${"*".repeat(100)}`, "1"]),
    },
  },
});

const FORMATS = [
  ["markdown", "text/markdown; charset=utf-8", "\\[x\\](javascript:alert(1))\\|\\<b>"],
  ["text", "text/plain; charset=utf-8", HOSTILE_CELL],
  ["adaptive-card", "application/json", HOSTILE_CELL],
] as const;

function contentOf(reply: GatewayReply, type: string): string {
  expect(`${reply.status} ${reply.headers.get("content-type")}`).toBe(`200 ${type}`);
  return reply.text;
}

function cardOf(reply: GatewayReply) {
  const card = JSON.parse(contentOf(reply, "application/json"));
  expect(Buffer.byteLength(reply.text)).toBeLessThan(24 * 1024);
  expect(cardFaults(card)).toEqual([]);
  return card;
}

describe.concurrent("an answer in a format", () => {
  for (const [format, type, cell] of FORMATS) {
    verifies("answers.formats", `${format}: the ask, its result and its message`, async () => {
      const query = `?format=${format}`;
      const asked = await questions.ask(TABLE, { query });
      for (const part of [SECRET_MARKERS.answer, "Delays", "And by month?", cell]) {
        expect(contentOf(asked, type)).toContain(part);
      }
      const started = await questions.ask(SLOW_TABLE, {
        query: `${query}&async=always&max_rows=5`,
      });
      const { links } = acceptedOf(started);
      expect(new URL(links.result).search).toBe(`${query}&max_rows=5`);
      const result = await followed(await read(links.result), read);
      expect(contentOf(result, type)).toContain(cell);
      const json = answerOf(await read(links.result.replace(format, "json")));
      const path = `/genie/conversation/${json.conversation_id}/messages/${json.message_id}`;
      expect(contentOf(await read(`${path}${query}`), type)).toContain(cell);
    });
  }

  verifies("answers.formats", "json is what comes without it, and by its name", async () => {
    expect(answerOf(await questions.ask(TABLE)).answer).toContain(SECRET_MARKERS.answer);
    expect(answerOf(await questions.ask(TABLE, { query: "?format=json" })).results).toHaveLength(1);
  });

  verifies("answers.formats", "another value is a 400 that names the parameter", async () => {
    const query = "?format=html";
    const replies = await Promise.all([
      questions.ask(TABLE, { query }),
      ask(stand(), "app", { query: "hello" }, { query }),
      ask(stand(), "analyst", { query: "hello" }, { query: "?format=text&format=text" }),
      read(`/genie/operations/${"A".repeat(43)}/result${query}&async=never`),
      read(`/genie/conversation/${"0".repeat(32)}/messages/${"0".repeat(32)}${query}`),
    ]);
    for (const reply of replies) {
      expect(faultyPlaces(problemOf(reply, 400, "invalid_request"))).toEqual(["format"]);
    }
  });

  verifies("answers.formats", "problems and events stay JSON", async () => {
    const script = { stages: [], outcome: { kind: "cancelled" } } as const;
    problemOf(
      await questions.ask(script, { query: "?format=markdown" }),
      409,
      "operation_cancelled",
    );
    const { links } = acceptedOf(
      await questions.ask(SLOW_TABLE, { query: "?format=text&async=always" }),
    );
    expect(links.events).toContain("format=text");
    const events = await read(links.events);
    const [, data = "{}"] = /event: answer\ndata: (.*)/.exec(events.text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ status: "completed" });
  });

  verifies("answers.card-size", "the card of 5,000 rows is valid and under 24 KB", async () => {
    const query = "?format=adaptive-card&max_rows=5000";
    const card = cardOf(await questions.ask(manyRows(5_000), { query }));
    expect(JSON.stringify(card)).toMatch(/\d+ of 5,000 rows shown\./);
  });
});

describe.concurrent("formats for clients that show nothing but a 200", () => {
  for (const [format, type] of FORMATS) {
    verifies("answers.formats-states", `${format}: running, then completed; failed`, async () => {
      const query = `?async=never&wait=0&format=${format}`;
      const running = contentOf(await questions.ask(TWO_ROWS, { query }), type);
      const [link = ""] = /https?:\/\/[^\s>"]+\/result\?[^\s>"]+/.exec(running) ?? [];
      expect(running).toContain("still working");
      expect(new URL(link).search).toBe(`?format=${format}&async=never`);
      await eventually(async () => {
        expect(contentOf(await read(link), type)).toContain(SECRET_MARKERS.answer);
      });
      const forbidden = await ask(stand(), "no-space", { query: "hello" }, { query });
      expect(contentOf(forbidden, type)).toMatch(/genie\\?_space\\?_forbidden/);
      expect(forbidden.text).toContain("What to do:");
    });
  }

  verifies("answers.never", "markdown and text stay under 450 KB, with a note", async () => {
    for (const [format, type] of FORMATS.slice(0, 2)) {
      const query = `?async=never&max_rows=5000&format=${format}`;
      const text = contentOf(await questions.ask(manyRows(5_000), { query }), type);
      expect(Buffer.byteLength(text)).toBeLessThan(450_000);
      expect(text).toMatch(/[\d,]+ of 5,000 rows shown\./);
    }
  });

  verifies("answers.formats", "a question that is never done is a running card", async () => {
    const query = "?async=never&wait=1&format=adaptive-card";
    const card = cardOf(await questions.ask(NEVER_DONE, { query }));
    expect(card.fallbackText).toContain("still working");
  });
});
