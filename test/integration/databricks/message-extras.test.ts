// Pictures and feedback over real HTTP: what is sent to Databricks, and what its replies, true or lying, become.

import { beforeEach, describe, expect } from "vitest";
import { barChartPng } from "../../../local/databricks/results/bar-chart-png.ts";
import { reply, reset, type Step } from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf, type GenieBench, REF, startGenieBench } from "./genie-bench.ts";

let bench: GenieBench;
beforeEach(async () => {
  const started = await startGenieBench();
  bench = started;
  return () => started[Symbol.asyncDispose]();
});

const ATTACHMENT = "01f185d9ec9d1c5a8a7b6c5d4e3f2a1b";
const MESSAGE_PATH = `/api/2.0/genie/spaces/${REF.spaceId}/conversations/${REF.conversationId}/messages/${REF.messageId}`;
const PNG = barChartPng([1, 2, 3]);
const bytes =
  (body: Uint8Array, type = "application/octet-stream"): Step =>
  (response) =>
    void response.writeHead(200, { "content-type": type }).end(body);
const picture = () => bench.clock.run(bench.genie.visualization(REF, ATTACHMENT));
const send = (feedback: Parameters<typeof bench.genie.sendFeedback>[1]) =>
  bench.clock.run(bench.genie.sendFeedback(REF, feedback));

describe("a visualisation", () => {
  verifies("reading.visualizations", "comes byte by byte from its own path", async () => {
    bench.server.script(bytes(PNG));
    expect(Buffer.compare(await picture(), PNG)).toBe(0);
    expect(bench.server.seen).toMatchObject([
      {
        method: "GET",
        path: `${MESSAGE_PATH}/attachments/${ATTACHMENT}/download-visualization`,
        headers: { accept: "application/octet-stream", authorization: "Bearer token-1" },
      },
    ]);
  });

  verifies("reading.visualizations", "is asked for again like any read", async () => {
    bench.server.script(reply(503), reset, bytes(PNG, "text/html"));
    expect((await picture()).byteLength).toBe(PNG.byteLength);
    expect(bench.server.seen).toHaveLength(3);
  });

  const noPictures: [name: string, body: Uint8Array][] = [
    ["a page", Buffer.from("<html><script>alert(1)</script>")],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ["JSON", Buffer.from("{}")],
    ["nothing", new Uint8Array()],
    ["half a signature", PNG.subarray(0, 7)],
    ["a page before the picture", Buffer.concat([Buffer.from("<html>"), PNG])],
    ["more than 8 MiB", Buffer.concat([PNG, Buffer.alloc(8 * 1024 * 1024)])],
  ];
  for (const [name, body] of noPictures) {
    verifies("reading.visualizations", `${name} is databricks_unavailable`, async () => {
      bench.server.script(bytes(body, "image/png"));
      const failure = await failureOf(picture());
      expect(failure.code).toBe("databricks_unavailable");
      expect(JSON.stringify(failure) + bench.logged.join()).not.toContain("script");
    });
  }

  verifies(
    "databricks.not-found",
    "unknown, or no visualisation: attachment_not_found",
    async () => {
      for (const [status, code] of [
        [404, "RESOURCE_DOES_NOT_EXIST"],
        [403, "PERMISSION_DENIED"],
        [400, "INVALID_PARAMETER_VALUE"],
      ] as const) {
        bench.server.script(reply(status, { error_code: code, message: "No." }));
        expect((await failureOf(picture())).code).toBe("attachment_not_found");
      }
    },
  );
});

describe("feedback", () => {
  verifies("reading.feedback", "is sent in Databricks' words", async () => {
    for (const body of ["", {}]) bench.server.script(reply(200, body));
    await send({ rating: "negative", comment: "wrong region" });
    await send({ rating: "positive" });
    await send({ rating: "none" });
    const { seen } = bench.server;
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(
      seen.map(() => `POST ${MESSAGE_PATH}/feedback`),
    );
    expect(seen.map(({ body }) => JSON.parse(body))).toEqual([
      { rating: "NEGATIVE", comment: "wrong region" },
      { rating: "POSITIVE" },
      { rating: "NONE" },
    ]);
  });

  verifies("reading.feedback", "may be sent again, because it replaces what was said", async () => {
    bench.server.script(reset, reply(503), reply(200, {}));
    await send({ rating: "positive" });
    expect(bench.server.seen).toHaveLength(3);
  });

  verifies("reading.feedback", "refusals are told, and neither text is", async () => {
    const failureFor = async (status: number, error: object) => {
      bench.server.script(reply(status, error));
      return failureOf(send({ rating: "negative", comment: "MARKER-comment" }));
    };
    const unknown = await failureFor(404, { error_code: "RESOURCE_DOES_NOT_EXIST" });
    expect(unknown.code).toBe("message_not_found");
    const upstream = "Feedback text cannot be provided. MARKER-upstream";
    const refused = await failureFor(400, {
      error_code: "INVALID_PARAMETER_VALUE",
      message: upstream,
    });
    expect(refused.code).toBe("invalid_request");
    expect(JSON.stringify(refused) + bench.logged.join()).not.toContain("MARKER");
    const space = { error_code: "PERMISSION_DENIED", message: "Unable to get space [x]" };
    expect((await failureFor(403, space)).code).toBe("genie_space_forbidden");
  });
});
