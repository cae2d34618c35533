// The signing-key cache against a key endpoint that rotates, fails, lies and hangs.

import { expect } from "vitest";
import type { OutboundReply } from "../../../shared/outbound/send-outbound.ts";
import { createForgeKey } from "../../support/token-forge.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf } from "./failure-of.ts";
import { anInbound, type InboundFixture, keysReply } from "./inbound-fixture.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const nextKey = createForgeKey("key-2");

const down = (status = 503): OutboundReply => ({
  kind: "answered",
  status,
  headers: new Headers(),
  body: Buffer.from("<html>unavailable</html>"),
});

/** Authenticates with a token that is fresh at the fixture's present time. */
function call(fixture: InboundFixture, key = fixture.forge.key): Promise<unknown> {
  const now = fixture.clock.now() / 1000;
  const claims = fixture.forge.userClaims({ iat: now, nbf: now, exp: now + 3600 });
  return fixture.auth.authenticate(`Bearer ${fixture.forge.sign(claims, { key })}`, "user");
}

verifies("auth.key-flood", "200 cold requests load the keys once", async () => {
  const fixture = await anInbound();
  await Promise.all(Array.from({ length: 200 }, () => call(fixture)));
  expect(fixture.keyRequests()).toBe(1);
});

verifies("auth.key-flood", "500 unknown key ids cost one refresh per 30 s", async () => {
  const fixture = await anInbound();
  await call(fixture);
  fixture.clock.advance(30_000);
  const flood = Array.from({ length: 500 }, (_, index) =>
    failureOf(call(fixture, { ...fixture.forge.foreignKey, kid: `made-up-${index}` })),
  );
  const codes = new Set((await Promise.all(flood)).map(({ code }) => code));
  expect([...codes]).toEqual(["invalid_token"]);
  expect(fixture.keyRequests()).toBe(2);
  await expect(call(fixture), "others are served meanwhile").resolves.toBeDefined();
});

verifies("auth.key-rotation", "a new key is accepted within 60 s, also under a flood", async () => {
  const fixture = await anInbound();
  await call(fixture);
  const key = await nextKey;
  const madeUp = { ...fixture.forge.foreignKey, kid: "made-up" };
  fixture.clock.advance(31_000);
  await failureOf(call(fixture, madeUp));
  fixture.answerKeys(keysReply(fixture.forge.key.jwk, key.jwk));
  await expect(failureOf(call(fixture, key))).resolves.toMatchObject({ code: "invalid_token" });
  for (let second = 0; second < 31; second++) {
    fixture.clock.advance(1_000);
    await failureOf(call(fixture, madeUp));
  }
  await expect(call(fixture, key)).resolves.toMatchObject({ kind: "user" });
});

verifies(
  "auth.key-rotation",
  "a withdrawn key is refused once the keys were refreshed",
  async () => {
    const fixture = await anInbound();
    await call(fixture);
    fixture.answerKeys(keysReply((await nextKey).jwk));
    fixture.clock.advance(11 * MINUTE);
    await expect(call(fixture), "served while refreshing").resolves.toBeDefined();
    await expect(fixture.auth.checkSigningKeys()).resolves.toBe("fresh");
    fixture.clock.advance(31_000);
    await expect(failureOf(call(fixture))).resolves.toMatchObject({ code: "invalid_token" });
  },
);

verifies("auth.keys-stale", "an outage of the key endpoint is not felt for 24 h", async () => {
  const fixture = await anInbound();
  await call(fixture);
  fixture.answerKeys(down());
  for (let hour = 0; hour < 24; hour++) {
    await expect(call(fixture), `after ${hour} h`).resolves.toBeDefined();
    fixture.clock.advance(HOUR);
  }
  await expect(fixture.auth.checkSigningKeys()).resolves.toBe("cached");
});

verifies("auth.keys-stale", "past the limit every call is refused, then recovers", async () => {
  const fixture = await anInbound();
  await call(fixture);
  fixture.answerKeys(down());
  fixture.clock.advance(24 * HOUR + 10 * MINUTE);
  for (let attempt = 0; attempt < 5; attempt++) {
    const failure = await failureOf(call(fixture));
    expect(failure.code).toBe("identity_provider_unavailable");
    fixture.clock.advance(attempt % 2 === 0 ? 10 : 2_500);
  }
  fixture.answerKeys(keysReply(fixture.forge.key.jwk));
  fixture.clock.advance(2_000);
  await expect(call(fixture)).resolves.toBeDefined();
});

verifies("auth.keys-unavailable", "whatever is no key document is 503, never 401", async () => {
  const answered = (text: string): OutboundReply => ({
    kind: "answered",
    status: 200,
    headers: new Headers(),
    body: Buffer.from(text),
  });
  const replies: OutboundReply[] = [
    down(500),
    down(404),
    down(302),
    { kind: "lost" },
    { kind: "not_connected" },
    { kind: "circuit_open", retryAfterMs: 1_000 },
    answered(""),
    answered("<html>"),
    answered("[]"),
    answered('{"keys":"none"}'),
    answered('{"keys":[]}'),
    answered(
      '{"keys":[null,1,{"kty":"RSA","kid":"key-1"},{"kty":"oct","kid":"key-1","k":"AAAA"}]}',
    ),
    answered('{"keys":[{"kty":"RSA","kid":"key-1","n":"!","e":"!"}]}'),
  ];
  for (const reply of replies) {
    const fixture = await anInbound();
    fixture.answerKeys(reply);
    const failure = await failureOf(call(fixture));
    expect(failure.code, JSON.stringify(reply)).toBe("identity_provider_unavailable");
    expect(failure.retryAfterSeconds).toBeGreaterThan(0);
  }
});

verifies(
  "auth.keys-unavailable",
  "an unknown key while the endpoint fails is 503, too",
  async () => {
    const fixture = await anInbound();
    await call(fixture);
    fixture.answerKeys(down());
    fixture.clock.advance(31_000);
    const key = await nextKey;
    for (let attempt = 0; attempt < 2; attempt++) {
      const failure = await failureOf(call(fixture, key));
      expect(failure.code).toBe("identity_provider_unavailable");
    }
    expect(fixture.keyRequests(), "the cool-down holds for failures, too").toBe(2);
  },
);

verifies(
  "auth.hostile-tokens",
  "a published key for encryption or of another kind verifies nothing",
  async () => {
    const fixture = await anInbound();
    const { jwk } = fixture.forge.key;
    fixture.answerKeys(
      keysReply({ ...jwk, use: "enc" }, { ...jwk, kid: "other", kty: "EC" }, (await nextKey).jwk),
    );
    await expect(failureOf(call(fixture))).resolves.toMatchObject({ code: "invalid_token" });
  },
);

verifies("auth.hostile-tokens", "a key of 1,024 bits verifies nothing", async () => {
  const weak = await createForgeKey("weak", 1024);
  const fixture = await anInbound();
  fixture.answerKeys(keysReply(weak.jwk, fixture.forge.key.jwk));
  await expect(failureOf(call(fixture, weak))).resolves.toMatchObject({ code: "invalid_token" });
});

verifies(
  "auth.no-hang",
  "a key endpoint that hangs is 503 after 5 s, and is used once it answers",
  async () => {
    const fixture = await anInbound();
    const late = Promise.withResolvers<OutboundReply>();
    fixture.answerKeys(late.promise);
    const started = fixture.clock.now();
    const failure = await fixture.clock.run(failureOf(call(fixture)));
    expect(failure.code).toBe("identity_provider_unavailable");
    expect(fixture.clock.now() - started).toBe(5_000);
    late.resolve(keysReply(fixture.forge.key.jwk));
    await expect(call(fixture)).resolves.toBeDefined();
    expect(fixture.keyRequests()).toBe(1);
  },
);
