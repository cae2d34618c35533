// `npm run ask` against the packed app, as a process of its own: all rows into files, cards, and follow-ups. What the program
// does when the gateway does not keep to the contract stands in its unit tests.

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";
import { startAsk } from "../support/ask-program.ts";
import { eventually } from "../support/eventually.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { numberedRows } from "./numbered-rows.ts";

/** With quotes and a line break inside. */
const AWKWARD = `"${SECRET_MARKERS.answer}"\n`;

const stand = useStand("ask-program");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ask-program-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface How {
  readonly as?: "user" | "app";
  readonly kept?: string;
}
let asked = 0;
/** Lays down the answer for one question and starts the program on it. */
async function start(
  answer: ScriptedAnswer,
  args: readonly string[],
  { as = "user", kept = "kept" }: How = {},
) {
  asked += 1;
  const question = `${SECRET_MARKERS.question} program ${asked}.`;
  stand().databricks.script(question, answer);
  const environment = {
    GENIE_GATEWAY_URL: stand().url,
    GENIE_GATEWAY_TOKEN: await stand().token(as === "user" ? "analyst" : as),
    GENIE_ASK_FOLDER: path.join(folder, kept),
  };
  return { question, ended: startAsk([...args, "--as", as, question], environment).ended };
}
const ask = async (...how: Parameters<typeof start>) => (await start(...how)).ended;

/** Each request for all rows looks once at the download, so the second one followed a 202. */
async function followsA202(question: string): Promise<string> {
  const { asks, calls } = stand().databricks;
  const messageOf = () => asks().find((each) => each.question === question)?.messageId ?? "none";
  const looks = () =>
    calls({ route: "getDownloadFullQueryResult" }).filter(({ path: at }) =>
      at.includes(messageOf()),
    );
  await eventually(() => expect(looks().length).toBeGreaterThan(1));
  return messageOf();
}

const linesOf = (count: number) =>
  [
    "n,text",
    ...Array.from({ length: count }, (_, n) => `${n},"""${SECRET_MARKERS.answer}""\n"`),
    "",
  ].join("\r\n");

describe.concurrent("the terminal client", () => {
  verifies("local.ask-csv", "all rows, beyond Genie's 5,000, after a 202", async () => {
    const file = path.join(folder, "rows.csv");
    const result = {
      ...numberedRows(7_000, { text: AWKWARD }),
      downloadForMs: Number.POSITIVE_INFINITY,
    };
    const { question, ended } = await start({ result }, ["--csv", file]);
    stand().databricks.releaseRows(await followsA202(question));
    const { code, stdout, stderr } = await ended;
    expect(stderr).toContain("Saved 7,000 rows");
    expect(code).toBe(0);
    expect(stdout).toContain("Genie holds only the first 5000");
    expect(await readFile(file, "utf8")).toBe(linesOf(7_000));
    expect((await readdir(folder)).filter((name) => name.startsWith("rows"))).toEqual(["rows.csv"]);
  });

  verifies("local.ask-csv", "as the app, each result in its file", async () => {
    const file = path.join(folder, "two.csv");
    const attachments = [3, 4].map((count) => ({
      kind: "query" as const,
      result: numberedRows(count, { text: AWKWARD }),
    }));
    const { code, stderr } = await ask({ attachments }, ["--csv", file], { as: "app" });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(linesOf(3));
    expect(await readFile(path.join(folder, "two-2.csv"), "utf8")).toBe(linesOf(4));
  });

  verifies("local.ask-csv", "an answer of words has no rows to save", async () => {
    const file = path.join(folder, "none.csv");
    const words = { kind: "text" as const, content: SECRET_MARKERS.answer };
    const { code, stdout } = await ask({ attachments: [words] }, ["--csv", file]);
    expect(code).toBe(7);
    expect(stdout).toContain(SECRET_MARKERS.answer);
    expect(await readdir(folder)).not.toContain("none.csv");
  });

  verifies("local.ask-card", "the gateway's own card of the answer", async () => {
    for (const as of ["user", "app"] as const) {
      const { code, stdout, stderr } = await ask(
        { result: numberedRows(2, { text: AWKWARD }) },
        ["--card"],
        { as },
      );
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ type: "AdaptiveCard", body: expect.any(Array) });
      expect(stdout).toContain(SECRET_MARKERS.answer);
    }
  });

  verifies("local.ask-follow-up", "a follow-up is asked in the same conversation", async () => {
    const rows = { result: numberedRows(1, { text: AWKWARD }) };
    const ids = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await ask(rows, ["--json", ...args], { kept: "own" });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const { conversation_id, message_id } = answerSchema.parse(JSON.parse(stdout));
      return { conversation_id, message_id };
    };
    const none = await ask(rows, ["--follow-up"], { kept: "own" });
    expect(none).toMatchObject({ code: 2, stdout: "" });
    const first = await ids();
    const second = await ids("--follow-up");
    expect(second.conversation_id).toBe(first.conversation_id);
    expect(second.message_id).not.toBe(first.message_id);
    const other = await ids();
    expect(other.conversation_id).not.toBe(first.conversation_id);
    expect((await ids("--follow-up")).conversation_id).toBe(other.conversation_id);
    const asTheApp = await ask(rows, ["--follow-up"], { kept: "own", as: "app" });
    expect(asTheApp).toMatchObject({ code: 2, stdout: "" });
  });
});
