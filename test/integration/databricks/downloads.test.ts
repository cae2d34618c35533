// All rows of a result through the Genie client and the simulated workspace, over real sockets.

import { expect, test } from "vitest";
import { allRows, someRows, startDownloadBench } from "./download-bench.ts";

test("all rows, in order, over many files", async () => {
  const rows = someRows(7_000);
  const bench = await startDownloadBench(rows, { rowsPerDownloadLink: 900 });
  const download = await bench.ready();
  expect(download.rowCount).toBe(7_000);
  expect(await allRows(download)).toEqual(rows.read(0, 7_000));
});
