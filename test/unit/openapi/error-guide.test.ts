// The guide's data against the product: its commands, Genie's reasons and Entra's numbers are those that the gateway
// itself answers with and decides by, so that the page cannot tell another story.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entraAuthority } from "../../../shared/auth/entra-authority.ts";
import { entraRefusalFailure } from "../../../shared/auth/entra-refusal-failure.ts";
import * as grantFailures from "../../../shared/databricks/grant-failures.ts";
import { MESSAGE_REASONS } from "../../../shared/databricks/message-reasons.ts";
import type { Failure } from "../../../shared/errors/app-error.ts";
import type { ErrorCode } from "../../../shared/errors/error-catalogue.ts";
import { textParts } from "../../../shared/openapi/error-guide/guide-text.ts";
import { ERROR_GUIDE } from "../../../shared/openapi/error-guide.ts";
import { verifies } from "../../support/verifies.ts";

const BY_DETAIL = "What `detail` says";
const entries = Object.entries(ERROR_GUIDE) as [ErrorCode, (typeof ERROR_GUIDE)[ErrorCode]][];
const texts = entries.flatMap(([, { meaning, steps, cases }]) => [
  meaning,
  ...steps.map(({ text }) => text),
  ...(cases?.rows ?? []).flatMap(({ sign, remedy }) => [sign, remedy]),
]);
const commandsOf = (code: ErrorCode): string[] =>
  ERROR_GUIDE[code].steps.flatMap(({ commands }) => commands?.text.split("\n") ?? []);

/** What the gateway answers when Entra refuses a user's exchange with this AADSTS number. */
function refused(aadsts: number): Failure {
  return entraRefusalFailure(
    { status: 400, error: "invalid_grant", suberror: "", codes: [aadsts] },
    "user",
    {
      authority: entraAuthority("https://login.example.com", "tenant"),
      clientId: "<client-id>",
      databricksResourceId: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
    },
  );
}

describe("the guide", () => {
  for (const { code, remedy = "" } of Object.values(grantFailures)) {
    verifies("guides.true-remedies", `gives the commands of the remedy of ${code}`, () => {
      const commands = commandsOf(code).map((line) => line.replace(/;$/, ""));
      const others = commands.filter((line) => !(remedy.includes(line) || line.startsWith("az ")));
      expect(commands.length).toBeGreaterThan(0);
      expect(others).toEqual([]);
    });
  }

  verifies("guides.true-remedies", "names AADSTS numbers that mean this very code", () => {
    const told = entries.flatMap(([code, entry]) =>
      [...JSON.stringify(entry).matchAll(/AADSTS(\d+)/g)].map(([, number]) => ({
        code,
        number: Number(number),
      })),
    );
    expect(told.length).toBeGreaterThan(15);
    expect(told.filter(({ code, number }) => refused(number).code !== code)).toEqual([]);
  });

  verifies("guides.true-remedies", "gives the commands by which Entra's refusals are cured", () => {
    for (const number of [65001, 500011, 7000215, 700213]) {
      const { code, remedy = "" } = refused(number);
      const [given] = commandsOf(code).filter((line) => remedy.includes(line));
      expect(given, code).toMatch(/^az ad /);
    }
  });

  verifies("guides.true-remedies", "lists each reason that Genie gives, under its code", () => {
    const reasons: readonly Failure[] = Object.values(MESSAGE_REASONS);
    const listed = reasons.filter(({ code }) => ERROR_GUIDE[code].cases?.title === BY_DETAIL);
    expect(new Set(listed.map(({ code }) => code))).toEqual(
      new Set(["genie_rephrase", "genie_misconfigured", "genie_failed"]),
    );
    const signs = (code: ErrorCode) => ERROR_GUIDE[code].cases?.rows.map(({ sign }) => sign);
    expect(listed.filter(({ code, detail }) => !signs(code)?.includes(detail))).toEqual([]);
  });

  test("names only settings that exist", () => {
    const example = readFileSync("local.settings.json.example", "utf8");
    const named = texts.flatMap((text) =>
      textParts(text).flatMap(({ kind, text: words }) =>
        kind === "code" && /^[A-Z][A-Z_]{4,}$/.test(words) ? [words] : [],
      ),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !example.includes(`"${name}"`))).toEqual([]);
  });

  test("says for every code what it means and who does what", () => {
    const empty = entries.filter(([, { meaning, steps }]) => meaning === "" || steps.length === 0);
    expect(empty).toEqual([]);
  });

  test("reads its two marks, and takes everything else for text", () => {
    expect(textParts("run `a <b>` or see [the page](https://example.com), not [this]")).toEqual([
      { kind: "text", text: "run " },
      { kind: "code", text: "a <b>" },
      { kind: "text", text: " or see " },
      { kind: "link", text: "the page", target: "https://example.com" },
      { kind: "text", text: ", not [this]" },
    ]);
    expect(textParts("")).toEqual([]);
  });
});
