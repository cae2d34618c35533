// Rows of the queries of one message: which of them an answer can do without (design §3.3).

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { GenieMessage, QueryResult } from "../../../shared/operations/genie.ts";
import { readAnswer } from "../../../shared/operations/read-answer.ts";
import { BROKEN_CHUNKS, CHUNK, ROWS, scriptChunks } from "../../support/broken-chunks.ts";
import { createOperationsFixture } from "../../support/operations-fixture.ts";
import type { ScriptedGenie } from "../../support/scripted-genie.ts";
import { verifies } from "../../support/verifies.ts";

function aQuery(attachmentId: string, statementId: string | null = "s") {
  const texts = { title: null, description: null, sql: "SELECT 1" };
  const facts = { statementId, rowCount: null, truncated: false };
  return { kind: "query", attachmentId, ...texts, ...facts } as const;
}

const message: Omit<GenieMessage, "attachments"> = {
  spaceId: "5".repeat(32),
  conversationId: "c".repeat(32),
  messageId: "d".repeat(32),
  question: "average delay by carrier",
  state: { kind: "completed" },
  createdAt: null,
  updatedAt: null,
};

const READY: QueryResult = {
  kind: "ready",
  statementId: "s",
  columns: [{ name: "n", type: "INT" }],
  rowCount: 1,
  truncated: false,
  chunks: [],
  firstChunk: { rowOffset: 0, rows: [["1"]], nextChunkIndex: undefined },
};
const failed = (): QueryResult => ({
  kind: "failed",
  failure: { code: "genie_failed", detail: "The SQL failed." },
});
const pending = (): QueryResult => ({ kind: "pending" });
const refused =
  (code: "attachment_not_found" | "databricks_unavailable" | "warehouse_forbidden") =>
  (): never => {
    throw new AppError({ code, detail: "No." });
  };

/** The attachments whose rows were read, when each is answered in its own way; rows by default. */
async function rowsOf(
  attachments: GenieMessage["attachments"],
  answers: Record<string, () => QueryResult> = {},
): Promise<string[]> {
  const { genie, clock } = createOperationsFixture();
  genie.queryResult = async (_ref, id) => answers[id]?.() ?? READY;
  const read = readAnswer({ genie, clock }, { ...message, attachments }, 10);
  const { results } = await clock.run(read);
  return results.map(({ attachmentId }) => attachmentId);
}

describe("rows of an answer", () => {
  verifies("answers.queries", "an attempt that failed does not hide the answer", async () => {
    const answers = { a: failed, b: refused("attachment_not_found") };
    expect(await rowsOf([aQuery("a"), aQuery("b"), aQuery("c")], answers)).toEqual(["c"]);
  });

  verifies(
    "answers.queries",
    "a query that was never run has no rows, which is no error",
    async () => {
      const never = aQuery("a", null);
      expect(await rowsOf([never], { a: refused("attachment_not_found") })).toEqual([]);
      expect(await rowsOf([never])).toEqual(["a"]);
    },
  );

  verifies("answers.queries", "what the answer rests on must be readable", async () => {
    const last = rowsOf([aQuery("a"), aQuery("b")], { b: failed });
    await expect(last).rejects.toThrow("genie_failed");
    const withoutStatement = rowsOf([aQuery("a", null)], { a: failed });
    await expect(withoutStatement).rejects.toThrow("genie_failed");
    const missing = rowsOf([aQuery("a")], { a: refused("attachment_not_found") });
    await expect(missing).rejects.toThrow("attachment_not_found");
  });

  verifies(
    "answers.queries",
    "an outage or a missing right is told, wherever it shows",
    async () => {
      for (const code of ["databricks_unavailable", "warehouse_forbidden"] as const) {
        const read = rowsOf([aQuery("a", null), aQuery("b")], { a: refused(code) });
        await expect(read).rejects.toThrow(code);
      }
    },
  );

  verifies("answers.queries", "nor does one whose rows never come", async () => {
    expect(await rowsOf([aQuery("a"), aQuery("b")], { a: pending })).toEqual(["b"]);
    const last = rowsOf([aQuery("a"), aQuery("b")], { b: pending });
    await expect(last).rejects.toThrow("databricks_unavailable");
  });
});

describe("rows over several chunks", () => {
  const read = (maxRows: number, script: (genie: ScriptedGenie) => void = () => {}) => {
    const { genie, clock } = createOperationsFixture();
    const fetched = scriptChunks(genie);
    script(genie);
    const asked = { ...message, attachments: [aQuery("a")] };
    return { fetched, source: clock.run(readAnswer({ genie, clock }, asked, maxRows)) };
  };

  verifies("answers.rows", "as many as are wanted, and no chunk more", async () => {
    for (const maxRows of [0, 1, CHUNK, CHUNK + 1, 5_000]) {
      const { fetched, source } = read(maxRows);
      expect((await source).results[0]?.rows).toEqual(ROWS.slice(0, maxRows));
      expect(fetched).toHaveLength(Math.max(0, Math.ceil(Math.min(maxRows, 95) / CHUNK) - 1));
    }
  });

  for (const [what, breakOff] of Object.entries(BROKEN_CHUNKS)) {
    verifies("answers.rows", `${what} is an error and not fewer rows`, async () => {
      await expect(read(5_000, breakOff).source).rejects.toThrow("databricks_unavailable");
    });
  }
});
