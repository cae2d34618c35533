import { describe, expect } from "vitest";
import { resultPageSchema } from "../../../shared/contracts/reading.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { readListToken } from "../../../shared/presentation/list-page-token.ts";
import { readPageToken, writePageToken } from "../../../shared/presentation/page-token.ts";
import {
  nextPage,
  toConversationBody,
  toMeBody,
  toSpaceBody,
} from "../../../shared/presentation/reading-bodies.ts";
import { toResultPage } from "../../../shared/presentation/result-page.ts";
import { verifies } from "../../support/verifies.ts";
import { ASKED_AT, someRows } from "./builders.ts";

const statementId = "01f185d9-ec7e-1d0b-9c1e-0a1b2c3d4e5f";

describe("result pages", () => {
  verifies("answers.result-page", "typed rows and the token of the next page", () => {
    const page = toResultPage({ ...someRows(), statementId, rowCount: 4, nextOffset: 2 });
    resultPageSchema.parse(page);
    expect(page).toMatchObject({
      row_count: 4,
      truncated: false,
      rows: [{ revenue: 1234567.89 }, {}],
    });
    expect(readPageToken(page.next_page_token)).toEqual({ offset: 2, statementId });
  });

  verifies("answers.result-page", "the last page has no token", () => {
    const page = toResultPage({ ...someRows(), statementId, nextOffset: undefined });
    expect(page).not.toHaveProperty("next_page_token");
  });

  verifies("answers.result-page", "no token is the first page", () => {
    expect(readPageToken(undefined)).toBeUndefined();
  });

  const good = writePageToken({ offset: 1_000, statementId });
  const base64url = (text: string) => Buffer.from(text).toString("base64url");
  const bad = [
    "",
    "x",
    `${good}=`,
    `${good}!`,
    ` ${good}`,
    "A".repeat(100_000),
    base64url(`0:${statementId}`),
    base64url(`-1:${statementId}`),
    base64url(`1e3:${statementId}`),
    base64url("5:"),
    base64url("5:a/../b"),
    base64url(`9999999999999:${statementId}`),
  ];
  for (const token of bad) {
    verifies("answers.result-page", `a bad token is a 400 naming it: ${token.slice(0, 40)}`, () => {
      expect(() => readPageToken(token)).toThrow(AppError);
      try {
        readPageToken(token);
      } catch (error) {
        const failure = error instanceof AppError ? error.failure : undefined;
        expect(failure).toMatchObject({
          code: "invalid_request",
          errors: [{ parameter: "page_token" }],
        });
      }
    });
  }
});

describe("other bodies", () => {
  verifies("answers.reading", "spaces, conversations and the signed-in user", () => {
    expect(toSpaceBody({ alias: "sales", title: "Sales", description: null })).toEqual({
      space: "sales",
      title: "Sales",
      description: null,
    });
    const conversation = { conversationId: "c1", title: null, createdAt: ASKED_AT };
    expect(toConversationBody("default", conversation)).toEqual({
      conversation_id: "c1",
      space: "default",
      title: null,
      created_at: "2026-11-23T10:00:02.000Z",
    });
    const user = { userId: "1", userName: "analyst", displayName: null, active: true };
    expect(toMeBody(user, "https://adb-1.1.azuredatabricks.net")).toEqual({
      user_id: "1",
      user_name: "analyst",
      display_name: null,
      active: true,
      workspace_url: "https://adb-1.1.azuredatabricks.net",
    });
  });

  verifies("answers.reading", "a time that is no date is null, not a crash", () => {
    const conversation = { conversationId: "c1", title: null, createdAt: 1e300 };
    expect(toConversationBody("default", conversation).created_at).toBeNull();
  });

  verifies("answers.reading", "the token of the next page, where there is one", () => {
    const { next_page_token: token } = nextPage("messages x", { items: [], nextPageToken: "t" });
    expect(readListToken("messages x", token)).toBe("t");
    expect(nextPage("messages x", { items: [] })).toEqual({});
  });
});
