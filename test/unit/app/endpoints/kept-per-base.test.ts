// What is kept for each base, and that it stays little and forgets failures.

import { expect } from "vitest";
import { keptPerBase } from "../../../../shared/app/endpoints/kept-per-base.ts";
import { verifies } from "../../../support/verifies.ts";

verifies(
  "docs.kept",
  "calls at the same time and later ones get the one that was made",
  async () => {
    let made = 0;
    const keep = keptPerBase(async (baseUrl) => ({ baseUrl, number: ++made }));
    const [first, second] = await Promise.all([keep("https://a"), keep("https://a")]);
    expect(second).toBe(first);
    expect(await keep("https://b")).toEqual({ baseUrl: "https://b", number: 2 });
    expect(await keep("https://a")).toBe(first);
  },
);

verifies("docs.kept", "of many bases the last eight used stay", async () => {
  const made: string[] = [];
  const keep = keptPerBase(async (baseUrl) => void made.push(baseUrl));
  for (let i = 0; i < 8; i++) await keep(`https://${i}`);
  await keep("https://0");
  await keep("https://new"); // puts out 1, which was used least recently
  made.length = 0;
  for (const each of ["0", "2", "7", "new"]) await keep(`https://${each}`);
  expect(made).toEqual([]);
  await keep("https://1");
  expect(made).toEqual(["https://1"]);
});

verifies("docs.kept", "a failure is told and not kept", async () => {
  let calls = 0;
  const keep = keptPerBase(async () => {
    calls += 1;
    if (calls === 1) throw new Error("no manifest");
    return "made";
  });
  await expect(keep("https://a")).rejects.toThrow("no manifest");
  expect(await keep("https://a")).toBe("made");
});
