import { expect, test } from "vitest";
import type { Behaviour } from "../../../../local/databricks/options.ts";
import { at, aWorkspace, textAt } from "./a-workspace.ts";

async function aDownload(behaviour: Partial<Behaviour> = {}) {
  const workspace = await aWorkspace({ behaviour: { rowsPerDownloadLink: 3_000, ...behaviour } });
  workspace.simulator.script("", {
    stages: [],
    result: {
      columns: [
        { name: "n", type: "LONG" },
        { name: "text", type: "STRING" },
      ],
      rows: {
        count: 7_000,
        read: (from, to) =>
          Array.from({ length: to - from }, (_, index) => [
            String(from + index),
            index === 0 ? null : 'a "b", c',
          ]),
      },
    },
  });
  const { message } = await workspace.ask("anything");
  const attachmentId = textAt(
    (await workspace.get(message)).body,
    "attachments",
    0,
    "attachment_id",
  );
  const path = `${message}/attachments/${attachmentId}/downloads`;
  const started = await workspace.post(path);
  const downloadId = textAt(started.body, "download_id");
  const signature = textAt(started.body, "download_id_signature");
  const poll = `${path}/${downloadId}?download_id_signature=${signature}`;
  return { ...workspace, path, downloadId, poll };
}

test("a full download runs, then gives all rows beyond 5,000 behind links", async () => {
  const { get, clock, poll, send } = await aDownload();
  expect(at((await get(poll)).body, "statement_response", "status", "state")).toBe("PENDING");
  clock.now += 4_000;
  const done = at((await get(poll)).body, "statement_response");
  expect(at(done, "manifest")).toMatchObject({
    format: "JSON_ARRAY",
    total_row_count: 7_000,
    total_chunk_count: 3,
    truncated: false,
  });
  expect(at(done, "result", "external_links", 0)).toMatchObject({
    chunk_index: 0,
    row_count: 3_000,
    next_chunk_index: 1,
  });
  expect(at(done, "result")).not.toHaveProperty("data_array");
  const rows = [];
  for (let chunk = 0; chunk < 3; chunk += 1) {
    const { body } = await get(
      `/api/2.0/sql/statements/${textAt(done, "statement_id")}/result/chunks/${chunk}`,
    );
    const file = await send("GET", textAt(body, "external_links", 0, "external_link"));
    rows.push(...Object(file.body));
  }
  expect(rows).toHaveLength(7_000);
  expect(rows[0]).toEqual(["0", null]);
  expect(rows[6_999]).toEqual(["6999", 'a "b", c']);
});

test("CSV files: header in the first one only, null as the word", async () => {
  const { get, clock, poll, send } = await aDownload({ downloadFormat: "CSV" });
  clock.now += 4_000;
  const done = at((await get(poll)).body, "statement_response");
  expect(at(done, "manifest", "format")).toBe("CSV");
  const first = await send("GET", textAt(done, "result", "external_links", 0, "external_link"));
  expect(first.text.split("\r\n").slice(0, 3)).toEqual(["n,text", "0,null", '1,"a ""b"", c"']);
  const next = await get(`/api/2.0/sql/statements/${textAt(done, "statement_id")}/result/chunks/1`);
  const second = await send("GET", textAt(next.body, "external_links", 0, "external_link"));
  expect(second.text.startsWith("3000,null\r\n")).toBe(true);
});

test("a link refuses an Authorization header and expires; asking again gives a new one", async () => {
  const { get, send, clock, poll } = await aDownload({ downloadLinkMs: 1_000 });
  clock.now += 4_000;
  const link = async () =>
    textAt(
      (await get(poll)).body,
      "statement_response",
      "result",
      "external_links",
      0,
      "external_link",
    );
  const first = await link();
  expect(await send("GET", first, "analyst")).toMatchObject({
    status: 400,
    text: expect.stringContaining("InvalidAuthenticationInfo"),
  });
  clock.now += 1_000;
  expect(await send("GET", first)).toMatchObject({
    status: 403,
    text: expect.stringContaining("AuthenticationFailed"),
  });
  expect((await send("GET", await link())).status).toBe(200);
  expect((await send("GET", first.replace(/[^/]+$/, "guess"))).status).toBe(404);
});

test("the signature is mandatory, and a download belongs to its attachment's owner", async () => {
  const { get, path, downloadId, poll } = await aDownload();
  expect((await get(`${path}/${downloadId}`)).status).toBe(400);
  expect((await get(`${path}/${downloadId}?download_id_signature=eyJ`)).status).toBe(403);
  expect((await get(`${path}/unknown?download_id_signature=eyJ`)).status).toBe(404);
  expect((await get(poll, "other")).status).toBe(404);
});

test("several links come at once, and each wants its own headers", async () => {
  const { get, clock, poll, send } = await aDownload({
    linksPerReply: 2,
    downloadHeaders: { "x-storage-key": "k" },
  });
  clock.now += 4_000;
  const links = at((await get(poll)).body, "statement_response", "result", "external_links");
  expect(links).toMatchObject([
    { chunk_index: 0, next_chunk_index: 1, http_headers: { "x-storage-key": "k" } },
    { chunk_index: 1, next_chunk_index: 2, row_offset: 3_000 },
  ]);
  expect(links).toHaveLength(2);
  expect((await send("GET", textAt(links, 0, "external_link"))).status).toBe(400);
});

test("a file can break off in the middle", async () => {
  const { simulator, get, clock, poll, send } = await aDownload();
  clock.now += 4_000;
  const done = at((await get(poll)).body, "statement_response");
  simulator.fault({ route: "downloadExternalFile", action: { kind: "cut_body" } });
  const url = textAt(done, "result", "external_links", 0, "external_link");
  await expect(send("GET", url)).rejects.toThrow();
  expect((await send("GET", url)).status).toBe(200);
});

test("rows and a download that are held back come when they are released", async () => {
  const { simulator, ask, get, post, clock } = await aWorkspace();
  const result = {
    columns: [{ name: "n", type: "LONG" }],
    rows: [["1"]],
    pendingForMs: Number.POSITIVE_INFINITY,
    downloadForMs: Number.POSITIVE_INFINITY,
  };
  simulator.script("", { stages: [], result });
  const { message, messageId } = await ask("anything");
  const { body } = await get(message);
  const attachment = `${message}/attachments/${textAt(body, "attachments", 0, "attachment_id")}`;
  const started = (await post(`${attachment}/downloads`)).body;
  const signature = `download_id_signature=${textAt(started, "download_id_signature")}`;
  const paths = [
    `${attachment}/query-result`,
    `${attachment}/downloads/${textAt(started, "download_id")}?${signature}`,
  ];
  const states = async () => {
    const replies = await Promise.all(paths.map((path) => get(path)));
    return replies.map((reply) => at(reply.body, "statement_response", "status", "state"));
  };
  clock.now += 24 * 3_600_000;
  expect(await states()).toEqual(["PENDING", "PENDING"]);
  simulator.releaseRows(messageId);
  expect(await states()).toEqual(["SUCCEEDED", "SUCCEEDED"]);
});
