// `--csv` of the terminal client as a process of its own: files, messages and exit codes.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { startAsk } from "../../../support/ask-program.ts";
import {
  reply,
  type ScriptedServer,
  type Step,
  startScriptedServer,
} from "../../../support/scripted-server.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, anAnswerWithLinks, anOperation, aProblem, aResult } from "./contract-bodies.ts";

const rows = (text: string): Step => reply(200, text, { "content-type": "text/csv" });
const preparing: Step = reply(202, {}, { location: "/r?download=1", "retry-after": "1" });

let gateway: ScriptedServer;
let folder: string;
let file: string;
beforeEach(async () => {
  gateway = await startScriptedServer();
  const own = await mkdtemp(path.join(tmpdir(), "ask-csv-"));
  folder = path.join(own, "files");
  file = path.join(folder, "rows.csv");
  await mkdir(folder);
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(path.dirname(folder), { recursive: true });
});

function start(args: readonly string[], credential: Readonly<Record<string, string>> = {}) {
  return startAsk([...args, "x"], {
    GENIE_GATEWAY_URL: gateway.url,
    GENIE_GATEWAY_TOKEN: "t",
    GENIE_ASK_FOLDER: path.join(folder, "..", "kept"),
    ...credential,
  });
}
const ask = (...args: readonly string[]) => start(args).ended;
const answer = (results = 1) => reply(200, anAnswerWithLinks(gateway.url, results));

describe("saved", () => {
  verifies(
    "local.ask-csv",
    "the answer goes to standard output, the rows into the file",
    async () => {
      gateway.script(answer(), preparing, preparing, rows("n\r\n1\r\n2\r\n"));
      const { code, stdout, stderr } = await ask("--csv", file);
      expect(code).toBe(0);
      expect(stdout).toContain("Two origins.");
      expect(stderr).toBe(`Saving rows in ${file} …\nSaved 2 rows (9 bytes) in ${file}\n`);
      expect(await readFile(file, "utf8")).toBe("n\r\n1\r\n2\r\n");
      expect(await readdir(folder)).toEqual(["rows.csv"]);
    },
  );

  verifies(
    "local.ask-csv",
    "each further result has a file of its own; --json as ever",
    async () => {
      gateway.script(answer(3), rows("a\r\n"), rows("b\r\n"), rows("c\r\n"));
      const { code, stdout } = await ask("--csv", file, "--json");
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual(anAnswerWithLinks(gateway.url, 3));
      expect((await readdir(folder)).sort()).toEqual(["rows-2.csv", "rows-3.csv", "rows.csv"]);
      expect(await readFile(path.join(folder, "rows-3.csv"), "utf8")).toBe("c\r\n");
    },
  );
});

verifies("local.ask-csv", "a name is meant where the person stands who ran npm", async () => {
  gateway.script(answer(), rows("n\r\n1\r\n"));
  const byNpm = { npm_lifecycle_event: "ask", INIT_CWD: folder };
  expect((await start(["--csv", "rows.csv"], byNpm).ended).code).toBe(0);
  expect(await readdir(folder)).toEqual(["rows.csv"]);
});

describe("not saved", () => {
  verifies("local.ask-csv", "a transfer that breaks off: no file, the old one stays", async () => {
    await writeFile(file, "old");
    gateway.script(answer(), (response) => {
      response.writeHead(200, { "content-type": "text/csv" });
      response.write("n\r\n1\r\n", () => response.socket?.resetAndDestroy());
    });
    const { code, stdout, stderr } = await ask("--csv", file);
    expect(code).toBe(5);
    expect(stdout).toContain("Two origins.");
    expect(stderr).toContain(`The transfer broke off. ${file} was not written.`);
    expect(stderr).toContain(`GET ${gateway.url}/genie/conversation/c/messages/m/results/r1`);
    expect(await readdir(folder)).toEqual(["rows.csv"]);
    expect(await readFile(file, "utf8")).toBe("old");
  });

  verifies(
    "local.ask-csv",
    "a problem is shown and sets the exit code; what was saved stays",
    async () => {
      gateway.script(answer(2), rows("a\r\n"), reply(410, aProblem(410)));
      const { code, stderr } = await ask("--csv", file);
      expect(code).toBe(4);
      expect(stderr).toContain("What to do: Grant CAN RUN on the space.");
      expect(await readdir(folder)).toEqual(["rows.csv"]);
    },
  );

  verifies("local.ask-csv", "the wait bounds the preparation too", async () => {
    gateway.script(answer(), preparing);
    const { code, stderr } = await ask("--csv", file, "--wait", "2");
    expect(code).toBe(6);
    expect(stderr).toContain("not ready when the wait was over");
    expect(await readdir(folder)).toEqual([]);
  });

  verifies("local.ask-csv", "Ctrl-C and the end of the terminal leave no part behind", async () => {
    for (const signal of ["SIGINT", "SIGHUP"] as const) {
      gateway.script(answer(), (response) => {
        response.writeHead(200, { "content-type": "text/csv" });
        response.write("n\r\n1\r\n");
      });
      const running = start(["--csv", file]);
      await expect.poll(running.stderr).toContain("Saving rows");
      expect(await readdir(folder)).toEqual(["rows.csv.part"]);
      running.child.kill(signal);
      expect(await running.ended).toMatchObject({ code: 130 });
      expect(await readdir(folder)).toEqual([]);
    }
  });

  verifies(
    "local.ask-csv",
    "an answer without rows, or with a result without an id, says so",
    async () => {
      gateway.script(reply(200, anAnswer({ results: [] })));
      const none = await ask("--csv", file);
      expect(none).toMatchObject({ code: 7, stderr: "The answer has no rows to save.\n" });
      gateway.script(reply(200, anAnswer({ results: [aResult({ attachment_id: null })] })));
      const without = await ask("--csv", file);
      expect(without.code).toBe(7);
      expect(without.stdout).toContain("Two origins.");
      expect(without.stderr).toMatch(/no link to a result that Genie sent without an id\.\n$/);
      expect(await readdir(folder)).toEqual([]);
      const { results } = anAnswerWithLinks(gateway.url, 1);
      const both = anAnswer({ results: [...results, aResult({ attachment_id: null })] });
      gateway.script(reply(200, both), rows("n\r\n1\r\n"));
      expect((await ask("--csv", file)).code).toBe(7);
      expect(await readdir(folder)).toEqual(["rows.csv"]);
    },
  );

  verifies("local.ask-csv", "no answer, no file", async () => {
    gateway.script(reply(422, aProblem(422)));
    expect((await ask("--csv", file)).code).toBe(4);
    gateway.script(reply(202, anOperation(gateway.url), { "retry-after": "30" }));
    expect((await ask("--csv", file, "--wait", "1")).code).toBe(6);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("refused before anything is asked", () => {
  verifies("local.ask-csv", "a file that cannot be written", async () => {
    const { code, stderr } = await ask("--csv", path.join(folder, "none", "rows.csv"));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("does not exist"),
    });
    await writeFile(`${file}.part`, "of somebody else");
    expect((await ask("--csv", file)).code).toBe(2);
    expect(await readdir(folder)).toEqual(["rows.csv.part"]);
    expect(gateway.seen).toEqual([]);
  });

  verifies("local.ask-csv", "a caller with a function key alone", async () => {
    const { code, stderr } = await start(["--as", "app", "--csv", file], {
      GENIE_GATEWAY_KEY: "the-key",
    }).ended;
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("function key") });
    expect(gateway.seen).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});
