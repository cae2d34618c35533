import fc from "fast-check";
import { describe, expect } from "vitest";
import { toAskReply } from "../../../../shared/presentation/ask-reply.ts";
import { answerContent, inFormat } from "../../../../shared/presentation/formats/answer-content.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, aResult } from "../an-answer.ts";
import { aMessage, aRunning, aSucceeded, aView, someLinks, someRows } from "../builders.ts";
import { enormousAnswer, hostileAnswer } from "./answers.ts";

const CAP = 450_000;
const TEXTS = [
  ["markdown", "text/markdown; charset=utf-8"],
  ["text", "text/plain; charset=utf-8"],
] as const;

describe("the content of a reply", () => {
  verifies("answers.formats", "an Answer is rendered, an Operation stays JSON", async () => {
    const source = { message: aMessage(), results: [someRows()] };
    const answered = { kind: "answered", operation: aSucceeded(), source } as const;
    const unfinished = { kind: "unfinished", operation: aRunning(), source: null } as const;
    const view = aView({ links: someLinks({ carried: { format: "text" } }) });
    const { carried } = view.links;
    expect(await inFormat(toAskReply(answered, view), carried)).toMatchObject({
      status: 200,
      content: { type: "text/plain; charset=utf-8", data: expect.stringContaining("EMEA leads.") },
    });
    const accepted = toAskReply(unfinished, view);
    expect(await inFormat(accepted, carried)).toBe(accepted);
    expect(accepted.headers.Location).toMatch(/\/result\?format=text$/);
    const json = toAskReply(answered, aView());
    expect(await inFormat(json, {})).toBe(json);
  });

  for (const [format, type] of TEXTS) {
    verifies("answers.never", `${format} stays under 450 KB with a note on its rows`, async () => {
      const rows = Array.from({ length: 5_000 }, (_, i) => ({
        region: `_${i}_`.repeat(40),
        revenue: i,
      }));
      const answer = anAnswer({ results: [aResult({ rows, row_count: 5_000 })] });
      const whole = await answerContent(answer, format, false);
      expect(whole.type).toBe(type);
      expect(Buffer.byteLength(whole.data)).toBeGreaterThan(CAP);
      const { data } = await answerContent(answer, format, true);
      expect(Buffer.byteLength(data)).toBeLessThan(CAP);
      expect(data).toMatch(/[\d,]+ of 5,000 rows shown\./);
    });

    verifies("answers.never", `${format} of an enormous Answer stays under 450 KB`, async () => {
      const { data } = await answerContent(enormousAnswer(), format, true);
      expect(Buffer.byteLength(data)).toBeLessThan(CAP);
    });

    verifies("answers.never", `${format} of any Answer stays under 450 KB`, async () => {
      await fc.assert(
        fc.asyncProperty(hostileAnswer, async (answer) => {
          const { data } = await answerContent(answer, format, true);
          expect(Buffer.byteLength(data)).toBeLessThan(CAP);
        }),
        { numRuns: 50 },
      );
    });
  }
});
