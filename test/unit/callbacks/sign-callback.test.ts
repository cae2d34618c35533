// What a callback says and how it is signed, checked with the verifier of Standard Webhooks' own library.

import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, vi } from "vitest";
import { createSignCallback } from "../../../shared/callbacks/sign-callback.ts";
import type { Finished } from "../../../shared/operations/operation.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { aFinished, createCallbacksFixture, SIGNING_SECRET } from "./callbacks-fixture.ts";

const toBody = ({ id, status }: Finished) => ({ operation_id: id, status });
const clock = createVirtualClock(Date.now());
const signWith = (secret: string) =>
  createSignCallback({ clock, toBody, readSigningSecret: async () => secret });

afterEach(() => {
  vi.useRealTimers();
});

describe("signature", () => {
  for (const [what, secret] of [
    ["plain base64", SIGNING_SECRET],
    ["whsec_ in front", `whsec_${SIGNING_SECRET}`],
    ["a line feed behind, as files have it", `${SIGNING_SECRET}\n`],
  ] as const) {
    verifies("callbacks.signed", `${what}: the library's verifier accepts it`, async () => {
      const { headers, body } = await signWith(secret)(aFinished());
      const verifier = new Webhook(SIGNING_SECRET);
      expect(verifier.verify(body, headers)).toMatchObject({ type: "genie.operation.succeeded" });
      expect(headers["webhook-signature"]).toMatch(/^v1,/);
    });
  }

  verifies("callbacks.signed", "covers id, time and body: none can be changed", async () => {
    const { headers, body } = await signWith(SIGNING_SECRET)(aFinished());
    const verifier = new Webhook(SIGNING_SECRET);
    const later = String(Number(headers["webhook-timestamp"]) + 1);
    expect(() => verifier.verify(`${body} `, headers)).toThrow();
    expect(() => verifier.verify(body, { ...headers, "webhook-id": "another" })).toThrow();
    expect(() => verifier.verify(body, { ...headers, "webhook-timestamp": later })).toThrow();
    const foreign = new Webhook(Buffer.alloc(32, 8).toString("base64"));
    expect(() => foreign.verify(body, headers)).toThrow();
  });

  verifies("callbacks.signed", "every try is signed anew, with the same id and body", async () => {
    const { world, sent, deliver, drain, id } = createCallbacksFixture();
    world.receive = async () => "failed";
    await deliver(id);
    await drain();
    const verifier = new Webhook(SIGNING_SECRET);
    for (const { at, headers, body } of sent) {
      // The verifier refuses what is older than 5 minutes, by the machine's own clock.
      vi.useFakeTimers({ toFake: ["Date"], now: at });
      expect(verifier.verify(body, headers)).toBeTruthy();
    }
    expect(new Set(sent.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([id]));
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(new Set(sent.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(6);
  });
});

describe("body", () => {
  const failure = { code: "genie_failed", detail: "Genie failed to answer." } as const;
  const ends: readonly Finished[] = [
    aFinished(),
    { ...aFinished(), wasSent: true, status: "failed", failure },
    { ...aFinished(), wasSent: true, status: "cancelled" },
    { ...aFinished(), wasSent: true, status: "expired" },
  ];
  for (const operation of ends) {
    verifies(
      "callbacks.body",
      `${operation.status}: type, time of the end, operation`,
      async () => {
        const { headers, body } = await signWith(SIGNING_SECRET)(operation);
        expect(headers["content-type"]).toBe("application/json");
        expect(JSON.parse(body)).toEqual({
          type: `genie.operation.${operation.status}`,
          timestamp: new Date(operation.updatedAt).toISOString(),
          data: { operation_id: operation.id, status: operation.status },
        });
      },
    );
  }
});

describe("a secret that is none", () => {
  for (const [what, secret] of [
    ["nothing", ""],
    ["the prefix alone", "whsec_"],
    ["31 bytes", Buffer.alloc(31).toString("base64")],
    ["33 bytes", Buffer.alloc(33).toString("base64")],
    ["a character short", SIGNING_SECRET.slice(1)],
    ["no padding", SIGNING_SECRET.replace("=", "")],
    ["no base64", "*".repeat(44)],
  ] as const) {
    verifies("callbacks.unsigned", `${what}: says what to do, and not the secret`, async () => {
      const refused = await signWith(secret)(aFinished()).catch((error: unknown) => error);
      expect(refused).toHaveProperty("failure.code", "service_credential_problem");
      expect(refused).toHaveProperty("failure.remedy", expect.stringContaining("az keyvault"));
      if (secret !== "") expect(JSON.stringify(refused)).not.toContain(secret);
    });
  }
});
