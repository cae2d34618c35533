// Reading conversations, messages and rows: design §3.5 and §3.6 against a scripted Genie.

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createConversationReading } from "../../../shared/operations/read-conversations.ts";
import { createMessageReading } from "../../../shared/operations/read-messages.ts";
import { createPageReading } from "../../../shared/operations/read-results.ts";
import { listSpaces } from "../../../shared/operations/read-spaces.ts";
import { resolveSpace } from "../../../shared/operations/resolve-space.ts";
import { aChunk, BROKEN_CHUNKS, CHUNK, ROWS, scriptChunks } from "../../support/broken-chunks.ts";
import { codeOf } from "../../support/error-code.ts";
import { createMemoryPreparations } from "../../support/memory-preparations.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { verifies } from "../../support/verifies.ts";

const space = anAskRequest().space;
const conversationId = "c".repeat(32);
const refused = (code: "genie_space_forbidden" | "databricks_unavailable") => async () => {
  throw new AppError({ code, detail: "no" });
};

describe("spaces", () => {
  const spaces = new Map([
    ["default", "5".repeat(32)],
    ["hr", "6".repeat(32)],
  ]);

  verifies("reading.spaces", "a space the caller may not see is left out", async () => {
    const { asker, genie } = createOperationsFixture();
    genie.getSpace = async (id) => {
      if (id.startsWith("6")) return refused("genie_space_forbidden")();
      return { title: "Sales", description: null };
    };
    expect(await listSpaces(asker, spaces)).toEqual([
      { alias: "default", title: "Sales", description: null },
    ]);
  });

  verifies("reading.spaces", "an outage is an error and not an empty list", async () => {
    const { asker, genie } = createOperationsFixture();
    genie.getSpace = refused("databricks_unavailable");
    await expect(listSpaces(asker, spaces)).rejects.toMatchObject({
      failure: { code: "databricks_unavailable" },
    });
  });

  verifies("reading.space-alias", "aliases are names, not properties", () => {
    expect(resolveSpace(spaces, "hr")).toEqual({ alias: "hr", id: "6".repeat(32) });
    for (const alias of ["constructor", "__proto__", "HR", ""]) {
      expect(() => resolveSpace(spaces, alias)).toThrow(/space_not_found/);
    }
    expect(() => resolveSpace(new Map([["hr", "6"]]), undefined)).toThrow(/invalid_request/);
  });
});

describe("conversations", () => {
  verifies("reading.conversations", "an app sees its own in pages, newest first", async () => {
    const { askerOf, deps } = createOperationsFixture();
    const app = askerOf(anAppOwner);
    const other = askerOf({ kind: "app", tenantId: "t", clientId: "another" });
    for (let i = 0; i < 5; i++) {
      await deps.ledger.record(app.owner, space.id, { conversationId: `c${i}`, createdAt: i });
    }
    const { list } = createConversationReading(deps.ledger);
    const first = await list(app, space, { pageSize: 3 });
    expect(first.items.map((entry) => entry.conversationId)).toEqual(["c4", "c3", "c2"]);
    const rest = await list(app, space, { pageSize: 3, pageToken: first.nextPageToken ?? "" });
    expect(rest.items.map((entry) => entry.conversationId)).toEqual(["c1", "c0"]);
    expect(rest.nextPageToken).toBeUndefined();
    expect((await list(other, space, { pageSize: 3 })).items).toEqual([]);
    for (const pageToken of ["x", "-1", "1e99", "NaN"]) {
      await expect(list(app, space, { pageSize: 3, pageToken })).rejects.toMatchObject({
        failure: { code: "invalid_request", errors: [{ parameter: "page_token" }] },
      });
    }
  });

  verifies(
    "reading.one-conversation",
    "its title is looked for in three pages at most",
    async () => {
      const { asker, genie, deps } = createOperationsFixture();
      let pages = 0;
      genie.listConversations = async () => ({ items: [], nextPageToken: `page-${++pages}` });
      const { read } = createConversationReading(deps.ledger);
      const found = await read(asker, space, conversationId);
      expect(found).toMatchObject({ conversationId, title: null, createdAt: null });
      expect(pages).toBe(3);
    },
  );

  verifies("reading.one-conversation", "an app gets only its own", async () => {
    const { askerOf, deps } = createOperationsFixture();
    const { read } = createConversationReading(deps.ledger);
    await expect(read(askerOf(anAppOwner), space, conversationId)).rejects.toMatchObject({
      failure: { code: "conversation_not_found" },
    });
  });

  verifies("reading.delete", "a deleted one leaves the app's record", async () => {
    const { askerOf, deps, genie } = createOperationsFixture();
    const app = askerOf(anAppOwner);
    await deps.ledger.record(app.owner, space.id, { conversationId, createdAt: 1 });
    const { list, remove } = createConversationReading(deps.ledger);
    const deleted: string[] = [];
    genie.deleteConversation = async (conversation) => {
      deleted.push(conversation.conversationId);
    };
    await remove(app, space, conversationId);
    expect(deleted).toEqual([conversationId]);
    expect((await list(app, space, { pageSize: 10 })).items).toEqual([]);
  });
});

describe("messages", () => {
  verifies("reading.message", "a message not asked through us has no operation", async () => {
    const { asker, deps, genie, clock } = createOperationsFixture();
    const reply = await genie.startConversation(space.id, "asked elsewhere");
    const messageId = reply.kind === "accepted" ? reply.message.messageId : "";
    const { read } = createMessageReading({ ...deps, clock });
    const found = await clock.run(read(asker, space, { conversationId, messageId, maxRows: 10 }));
    expect(found.operation).toBeNull();
    expect(found.source.message.question).toBe("asked elsewhere");
  });

  verifies(
    "reading.message",
    "one asked through us carries its operation, and only for its owner",
    async () => {
      const { ask, asker, askerOf, deps, clock } = createOperationsFixture();
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 5_000 })));
      const messageId = operation.status === "succeeded" ? operation.asked.messageId : "";
      const { read } = createMessageReading({ ...deps, clock });
      const wanted = { conversationId, messageId, maxRows: 10 };
      expect((await clock.run(read(asker, space, wanted))).operation?.id).toBe(operation.id);
      const other = askerOf({ kind: "user", tenantId: "t", objectId: "other" });
      expect((await clock.run(read(other, space, wanted))).operation).toBeNull();
    },
  );
});

describe("pages of rows", () => {
  const ref = { spaceId: space.id, conversationId, messageId: "m", attachmentId: "a" };
  const wanted = { space, ref, ticket: undefined };
  const places = [0, 1, 2, 3, 4].map((index) => ({ index, rowOffset: index * CHUNK }));
  const fixture = (withOffsets: boolean) => {
    const { asker, genie, deps } = createOperationsFixture();
    const fetched = scriptChunks(genie, { chunks: withOffsets ? places : [] });
    const { seal } = createMemoryPreparations(deps.clock);
    const read = createPageReading({ ledger: deps.ledger, seal });
    const page = async (offset: number, pageSize: number) => {
      const position = offset === 0 ? undefined : { statementId: "statement-1", offset };
      const outcome = await read(asker, { ...wanted, pageSize, position });
      if (outcome.kind !== "page") throw new Error("a page was expected");
      return outcome;
    };
    return { page, fetched, genie, deps, asker, read };
  };

  for (const withOffsets of [true, false]) {
    verifies(
      "reading.results",
      `all pages of every size give all rows, offsets ${withOffsets}`,
      async () => {
        for (const pageSize of [1, 7, 20, 33, 94, 95, 5_000]) {
          const { page } = fixture(withOffsets);
          const seen: unknown[] = [];
          for (let offset: number | undefined = 0; offset !== undefined; ) {
            const { rows, nextOffset } = await page(offset, pageSize);
            expect(rows.length).toBeLessThanOrEqual(pageSize);
            seen.push(...rows);
            offset = nextOffset;
          }
          expect(seen).toEqual(ROWS);
        }
      },
    );
  }

  verifies("reading.results", "chunks before the page are not fetched", async () => {
    const { page, fetched } = fixture(true);
    expect((await page(65, 5)).rows).toEqual(ROWS.slice(65, 70));
    expect(fetched).toEqual([3]);
  });

  for (const [what, breakOff] of Object.entries(BROKEN_CHUNKS)) {
    verifies("reading.results", `${what} is an error and not a short page`, async () => {
      const { page, genie } = fixture(false);
      breakOff(genie);
      expect(await codeOf(page(0, 5_000))).toBe("databricks_unavailable");
    });
  }

  verifies("reading.results", "a chunk that does not begin where it was told", async () => {
    const { page, genie } = fixture(true);
    genie.resultChunk = async (_statement, index) => aChunk(index - 1);
    expect(await codeOf(page(65, 5))).toBe("databricks_unavailable");
  });

  verifies(
    "reading.expired",
    "expired rows, and a page token of an earlier run, are result_expired",
    async () => {
      const { page, genie, read, asker } = fixture(true);
      const position = { statementId: "an-earlier-run", offset: 20 };
      await expect(read(asker, { ...wanted, pageSize: 5, position })).rejects.toMatchObject({
        failure: { code: "result_expired" },
      });
      genie.result = { kind: "expired" };
      await expect(page(0, 5)).rejects.toMatchObject({ failure: { code: "result_expired" } });
    },
  );
});
