// The attack matrix: every hostile token is refused with the right code, on every kind of endpoint, and the refusal
// tells nothing about the check that failed.

import { describe, expect } from "vitest";
import type { AcceptedKind } from "../../../shared/auth/check-caller-kind.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf } from "./failure-of.ts";
import { HOSTILE_CLAIMS } from "./hostile-claims.ts";
import { HOSTILE_FORMS } from "./hostile-forms.ts";
import type { HostileToken } from "./hostile-token.ts";
import { anInbound } from "./inbound-fixture.ts";

const EVERY_KIND: readonly AcceptedKind[] = ["user", "app", "either"];

function refuses({ name, make, code = "invalid_token", accepts }: HostileToken): void {
  verifies("auth.hostile-tokens", `${name} → ${code}`, async () => {
    const { auth, forge, log } = await anInbound();
    const token = make(forge);
    for (const kind of accepts === undefined ? EVERY_KIND : [accepts]) {
      const failure = await failureOf(auth.authenticate(`Bearer ${token}`, kind));
      expect(failure.code, `on an endpoint for ${kind}`).toBe(code);
      expect(JSON.stringify(failure)).not.toContain(token.slice(0, 200));
    }
    expect(log.some(({ event }) => event === "auth.token_refused")).toBe(true);
    expect(JSON.stringify(log)).not.toContain(token.slice(0, 200));
  });
}

describe("by form, algorithm and key", () => {
  for (const row of HOSTILE_FORMS) refuses(row);
});

describe("by claims", () => {
  for (const row of HOSTILE_CLAIMS) refuses(row);
});

verifies("auth.hostile-tokens", "all bad tokens get the very same answer", async () => {
  const { auth, forge } = await anInbound();
  const rows = [...HOSTILE_FORMS, ...HOSTILE_CLAIMS].filter(({ code }) => code === undefined);
  const answers = new Set<string>();
  for (const { make } of rows) {
    const failure = await failureOf(auth.authenticate(`Bearer ${make(forge)}`, "user"));
    answers.add(JSON.stringify(failure));
  }
  expect(rows.length).toBeGreaterThan(60);
  expect(answers.size).toBe(1);
});
