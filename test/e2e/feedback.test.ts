// Feedback over HTTP: it reaches the simulated workspace as it was given, and bad feedback reaches it not at all.

import { describe, expect } from "vitest";
import { SPACE_IDS } from "../../local/stand/simulated-workspace.ts";
import { ANALYST } from "../../local/users.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, call, faultyPlaces, problemOf } from "./gateway-client.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("feedback");
const questions = scriptedQuestions(stand);
const COMMENT = ` ${SECRET_MARKERS.question} \u{1f9a9}\n"quoted" `;

async function anAnswer(as: "analyst" | "app" = "analyst") {
  const { conversation_id: conversation, message_id: message } = answerOf(
    await questions.ask({ stages: [] }, { as }),
  );
  const path = `/genie/conversation/${conversation}/messages/${message}/feedback`;
  return { conversation, message, path };
}

const send = (path: string, body: unknown, as: "analyst" | "app" = "analyst") =>
  call(stand(), { path, as, body });

/** What the workspace keeps, read there with the user's own token. */
async function kept({
  conversation,
  message,
}: {
  conversation: string | null;
  message: string | null;
}) {
  const { databricks, entra, settings } = stand();
  const resource = settings.DATABRICKS_RESOURCE_ID ?? "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
  const token = await entra.issueUserToken({ user: ANALYST, resource });
  const path = `/api/2.0/genie/spaces/${SPACE_IDS.default}/conversations/${conversation}/messages/${message}`;
  const reply = await fetch(`${databricks.url}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { feedback }: { feedback?: unknown } = JSON.parse(await reply.text());
  return { status: reply.status, feedback };
}

describe.concurrent("feedback", () => {
  verifies("reading.feedback", "is kept by Databricks, replaced, and taken back", async () => {
    const answer = await anAnswer();
    const expectKept = async (body: unknown, feedback: unknown) => {
      expect(await send(answer.path, body)).toMatchObject({ status: 204, text: "" });
      expect(await kept(answer)).toEqual({ status: 200, feedback });
    };
    const long = "x".repeat(1_000);
    await expectKept(
      { rating: "negative", comment: COMMENT },
      { rating: "NEGATIVE", comment: COMMENT },
    );
    await expectKept({ rating: "positive", comment: long }, { rating: "POSITIVE", comment: long });
    await expectKept({ rating: "positive", comment: null }, { rating: "POSITIVE" });
    await expectKept({ rating: "none", comment: "  " }, undefined);
  });

  verifies("reading.feedback", "as an app, in its own conversation", async () => {
    const { path } = await anAnswer("app");
    expect((await send(path, { rating: "positive" }, "app")).status).toBe(204);
  });

  verifies(
    "reading.feedback",
    "bad feedback is a 400 that names the fields, and is not sent",
    async () => {
      const { path } = await anAnswer();
      const bad: [body: unknown, places: string[]][] = [
        [{}, ["/rating"]],
        [{ rating: "POSITIVE" }, ["/rating"]],
        [{ rating: "none", comment: COMMENT }, ["/comment"]],
        [{ rating: "positive", comment: "x".repeat(1_001) }, ["/comment"]],
        [{ rating: "positive", text: COMMENT }, ["/text"]],
        [{ rating: "none", comment: COMMENT, more: 1 }, ["/comment", "/more"]],
        ["positive", [""]],
      ];
      for (const [body, places] of bad) {
        const reply = await send(path, body);
        const problem = problemOf(reply, 400, "invalid_request");
        expect(faultyPlaces(problem).toSorted()).toEqual(places);
        expect(reply.text).not.toContain(SECRET_MARKERS.question);
      }
      const sent = stand().databricks.calls({ route: "sendMessageFeedback" });
      expect(sent.filter((each) => each.path.includes(path.split("/")[5] ?? ""))).toEqual([]);
    },
  );

  verifies("reading.feedback", "a body that is no JSON is 415, one too large 413", async () => {
    const { path } = await anAnswer();
    const headers = { "Content-Type": "text/plain" };
    const plain = await call(stand(), { path, as: "analyst", headers, body: { rating: "none" } });
    problemOf(plain, 415, "unsupported_media_type");
    const huge = await send(path, { rating: "positive", comment: "x".repeat(300_000) });
    problemOf(huge, 413, "payload_too_large");
    const nothing = await call(stand(), { method: "POST", path, as: "analyst" });
    expect(faultyPlaces(problemOf(nothing, 400, "invalid_request"))).toEqual([""]);
  });

  verifies("reading.feedback", "unknown messages and spaces are 404", async () => {
    const { path, message } = await anAnswer();
    const body = { rating: "positive" };
    const unknown = path.replace(message ?? "", "f".repeat(32));
    problemOf(await send(unknown, body), 404, "message_not_found");
    problemOf(await send(path.replace(message ?? "", "..%2f.."), body), 404, "message_not_found");
    problemOf(await send(`${path}?space=unknown`, body), 404, "space_not_found");
  });
});

describe("feedback while Databricks is in trouble", () => {
  verifies("reading.feedback", "a lost reply is no reason to fail: it is sent again", async () => {
    const answer = await anAnswer();
    const drop = { route: "sendMessageFeedback", action: { kind: "drop" }, when: "after" } as const;
    stand().databricks.fault(drop);
    expect((await send(answer.path, { rating: "positive" })).status).toBe(204);
    expect((await kept(answer)).feedback).toEqual({ rating: "POSITIVE" });
  });

  verifies("reading.feedback", "an outage is 503 with a time to come back", async () => {
    const { path } = await anAnswer();
    const action = {
      kind: "reply",
      status: 503,
      headers: { "Retry-After": "60" },
      body: "",
    } as const;
    stand().databricks.fault({ route: "sendMessageFeedback", action, times: 10 });
    problemOf(await send(path, { rating: "positive" }), 503, "databricks_unavailable");
    stand().databricks.clearFaults();
  });
});
