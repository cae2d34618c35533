// What the storage behind the links of a full download may do: stall, redirect, lie about places and counts. And what
// becomes of its connections when the reader leaves.

import { expect, test } from "vitest";
import { toRowBatch } from "../../../shared/operations/row-batch.ts";
import { reply, type Step, startScriptedServer } from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import { allRows } from "./download-bench.ts";
import { failureOf } from "./genie-bench.ts";
import { aFile, type Link, type StorageScript, startStorageBench } from "./storage-bench.ts";

const UNAVAILABLE = { code: "databricks_unavailable" };
const aLink = (index: number, place: Partial<Link> = {}): Link => ({
  chunk_index: index,
  row_offset: index,
  row_count: 1,
  ...place,
});
const ROW: readonly (readonly string[])[] = [["a"]];
const script = (changes: Partial<StorageScript>): StorageScript => ({
  rowCount: 1,
  links: [aLink(0)],
  files: [aFile(ROW)],
  ...changes,
});

/** More than sockets and streams hold: without a reader it is never sent to its end. */
const endless: Step = (response) => {
  const piece = `["${"x".repeat(100)}"],`.repeat(1_000);
  const writeOn = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", writeOn);
  response.write("[");
  writeOn();
};

verifies(
  "databricks.links-are-secrets",
  "files are asked for with nothing that is ours",
  async () => {
    const http_headers = {
      "x-storage-key": "k",
      Authorization: "Bearer x",
      cookie: "a=b",
      HOST: "elsewhere",
      "proxy-authorization": "x",
    };
    await using bench = await startStorageBench(script({ links: [aLink(0, { http_headers })] }));
    expect(await allRows(bench.download)).toEqual(ROW);
    const [{ headers } = { headers: {} }] = bench.filesAsked();
    expect(headers).toMatchObject({ "x-storage-key": "k", host: new URL(bench.server.url).host });
    expect(JSON.stringify(headers)).not.toMatch(/authorization|cookie|token-1|elsewhere/i);
  },
);

verifies("databricks.links-are-secrets", "a redirect is refused", async () => {
  await using other = await startScriptedServer();
  const files = [reply(302, "", { location: other.url })];
  await using bench = await startStorageBench(script({ files }));
  expect(await failureOf(allRows(bench.download))).toMatchObject(UNAVAILABLE);
  expect(other.seen).toEqual([]);
  expect(bench.filesAsked()).toHaveLength(1);
});

verifies(
  "databricks.links-are-secrets",
  "a link over http is refused when the workspace is https",
  async () => {
    const workspaceUrl = "https://adb-1.1.azuredatabricks.net";
    await using bench = await startStorageBench(script({ workspaceUrl }));
    expect(await failureOf(allRows(bench.download))).toMatchObject(UNAVAILABLE);
    expect(bench.filesAsked()).toEqual([]);
  },
);

test("a link over http leads to this machine alone, and only a URL is one", async () => {
  for (const external_link of [
    "http://storage.example/f",
    "file:///etc/passwd",
    "nothing",
    "//x",
  ]) {
    const links = [aLink(0, { external_link })];
    await using bench = await startStorageBench(script({ links }));
    expect(await failureOf(allRows(bench.download)), external_link).toMatchObject(UNAVAILABLE);
  }
});

verifies("databricks.all-rows", "places and counts that do not fit are an error", async () => {
  const two = (second: Partial<Link>, first: Partial<Link> = {}) => ({
    rowCount: 2,
    links: [aLink(0, { next_chunk_index: 1, ...first }), aLink(1, second)],
    files: [aFile(ROW), aFile(ROW)],
  });
  const lies: Record<string, Partial<StorageScript>> = {
    "a gap": two({ row_offset: 2 }),
    "an overlap": two({ row_offset: 0 }),
    "no place": two({ row_offset: undefined }),
    "a next chunk that leads back": two({}, { next_chunk_index: 0 }),
    "an empty chunk that leads to itself": {
      links: [aLink(0, { row_count: 0, next_chunk_index: 0 })],
      files: [aFile([])],
    },
    "no next chunk": two({}, { next_chunk_index: undefined }),
    "another chunk": { rowCount: 2, links: [aLink(0, { next_chunk_index: 1 })] },
    "a chunk too many": { ...two({}), rowCount: 1 },
    "fewer rows than the link says": { ...two({ row_count: 5 }), rowCount: 6 },
    "more rows than the link says": { ...two({}), files: [aFile([["a"], ["b"]]), aFile(ROW)] },
    "no links": { links: [] },
    "rows of another width": { files: [aFile([["a", "b"]])] },
    "no rows at all": { files: [reply(200, "<html>sign in</html>")] },
  };
  for (const [lie, changes] of Object.entries(lies)) {
    await using bench = await startStorageBench(script(changes));
    expect(await failureOf(allRows(bench.download)), lie).toMatchObject(UNAVAILABLE);
  }
});

test("the number of chunks leads on where no link does", async () => {
  await using bench = await startStorageBench({
    rowCount: 3,
    chunkCount: 3,
    links: [aLink(0), aLink(1), aLink(2)],
    files: [aFile(ROW), aFile(ROW), aFile(ROW)],
  });
  expect(await allRows(bench.download)).toHaveLength(3);
});

verifies("databricks.all-rows", "the next file is opened ahead, and only that one", async () => {
  const links = [0, 1, 2].map((index) => aLink(index, { next_chunk_index: index + 1 }));
  const files = [aFile(ROW), endless, endless];
  await using bench = await startStorageBench({ rowCount: 9, links, files });
  const rows = bench.download.rows()[Symbol.asyncIterator]();
  await rows.next();
  await expect.poll(() => bench.filesAsked().map(({ path }) => path)).toContain("/files/1");
  // A third one, opened with the second or once that is open, would come before the last of these.
  for (let trip = 0; trip < 20; trip += 1) await fetch(`${bench.server.url}/elsewhere`);
  expect(bench.filesAsked()).toHaveLength(2);
  await rows.return?.();
});

verifies(
  "databricks.all-rows",
  "leaving closes every connection: by return, by a throw, while waiting",
  async () => {
    const links = [
      aLink(0, { next_chunk_index: 1, row_count: 1e6 }),
      aLink(1, { row_count: 1e6, row_offset: 1e6 }),
    ];
    const half: Step = (response) => void response.write('[["a"],');
    for (const first of [endless, half]) {
      await using bench = await startStorageBench({
        rowCount: 2e6,
        links,
        files: [first, endless],
      });
      const bothOpen = () => expect.poll(() => bench.open.size).toBe(2);
      const allClosed = () => expect.poll(() => bench.open.size).toBe(0);

      const leaving = bench.download.rows()[Symbol.asyncIterator]();
      await leaving.next();
      await bothOpen();
      const waiting = leaving.next();
      await leaving.return?.();
      await waiting;
      expect(await leaving.next()).toEqual({ done: true, value: undefined });
      await allClosed();

      const throwing = async () => {
        for await (const _ of bench.download.rows()) {
          await bothOpen();
          throw new Error("the client left");
        }
      };
      await expect(throwing()).rejects.toThrow("the client left");
      await allClosed();

      const never = bench.download.rows()[Symbol.asyncIterator]();
      await never.return?.();
      expect(await never.next()).toMatchObject({ done: true });
    }
  },
);

verifies(
  "outbound.bounded",
  "a silent file is opened again; the time of a slow reader does not count",
  async () => {
    let isSlow = true;
    const stalls: Step = (response, request) => {
      if (!isSlow) return aFile([["a"], ["b"]])(response, request);
      response.write('[["a"],');
    };
    const links = [aLink(0, { row_count: 2 })];
    await using bench = await startStorageBench({ rowCount: 2, links, files: [stalls] });
    const rows = bench.download.rows()[Symbol.asyncIterator]();
    expect(await rows.next()).toEqual({ done: false, value: toRowBatch([["a"]]) });
    expect(bench.clock.limits()).toBe(0);
    const next = rows.next();
    await expect.poll(() => bench.clock.limits()).toBe(1);
    isSlow = false;
    bench.clock.expireLimits();
    expect(await next).toEqual({ done: false, value: toRowBatch([["b"]]) });
    expect(bench.filesAsked()).toHaveLength(2);
  },
);

verifies(
  "outbound.bounded",
  "storage that never answers is given up after three tries",
  async () => {
    await using bench = await startStorageBench(script({ files: [() => undefined] }));
    const reading = failureOf(allRows(bench.download));
    for (let tries = 1; tries <= 3; tries += 1) {
      await expect.poll(() => bench.filesAsked().length).toBe(tries);
      await expect.poll(() => bench.clock.limits()).toBe(1);
      bench.clock.expireLimits();
    }
    expect(await reading).toMatchObject(UNAVAILABLE);
  },
);
