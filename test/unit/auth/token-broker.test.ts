// The token cache over an exchange that is scripted: what is kept, for whom, and for how long.

import { expect } from "vitest";
import { createTokenBroker } from "../../../shared/auth/token-broker.ts";
import type { ExchangedToken, TokenSubject } from "../../../shared/auth/token-exchange.ts";
import { AppError, type Failure } from "../../../shared/errors/app-error.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { failureOf } from "./failure-of.ts";
import { silentLogger } from "./silent-logger.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const APP: TokenSubject = { kind: "app" };
const user = (assertion: string): TokenSubject => ({ kind: "user", assertion });

const REFUSED: Failure = { code: "consent_required", detail: "Consent is missing." };
const OUTAGE: Failure = {
  code: "identity_provider_unavailable",
  detail: "Entra is away.",
  retryAfterSeconds: 5,
};

interface BrokerOptions {
  readonly maxEntries?: number;
  /** How long an exchange takes. Default 100. */
  readonly exchangeMs?: number;
}

function aBroker({ exchangeMs = 100, ...options }: BrokerOptions = {}) {
  const clock = createVirtualClock();
  const exchanged: TokenSubject[] = [];
  const script: { failure: Failure | null; lifeMs: number } = { failure: null, lifeMs: HOUR };
  const exchange = async (subject: TokenSubject): Promise<ExchangedToken> => {
    exchanged.push(subject);
    const { failure, lifeMs } = script;
    await clock.sleep(exchangeMs);
    if (failure) throw new AppError(failure);
    return { token: `token ${exchanged.length}`, expiresAt: clock.now() + lifeMs };
  };
  const broker = createTokenBroker({
    exchange,
    clock,
    logger: silentLogger,
    waitMs: 15_000,
    ...options,
  });
  const get = async (subject: TokenSubject) => (await clock.run(broker.get(subject))).token;
  return { clock, broker, exchanged, script, get };
}

verifies(
  "auth.token-cache",
  "a token is served again until 5 minutes before it expires",
  async () => {
    const { clock, exchanged, get } = aBroker();
    await expect(get(user("a"))).resolves.toBe("token 1");
    clock.advance(55 * MINUTE - 1);
    await expect(get(user("a"))).resolves.toBe("token 1");
    clock.advance(1);
    await expect(get(user("a"))).resolves.toBe("token 2");
    expect(exchanged).toHaveLength(2);
  },
);

verifies("auth.token-cache", "another assertion never meets a cached token", async () => {
  const { exchanged, get } = aBroker();
  await get(user("a"));
  await expect(get(user("b"))).resolves.toBe("token 2");
  await expect(get(user("app"))).resolves.toBe("token 3");
  await expect(get(APP)).resolves.toBe("token 4");
  expect(exchanged).toHaveLength(4);
});

verifies(
  "auth.token-cache",
  "a user's token that lives less than 5 minutes is not kept",
  async () => {
    const { exchanged, script, get } = aBroker();
    script.lifeMs = 4 * MINUTE;
    await get(user("a"));
    await get(user("a"));
    expect(exchanged).toHaveLength(2);
  },
);

verifies("auth.token-cache", "the least recently used goes first", async () => {
  const { exchanged, get } = aBroker({ maxEntries: 2 });
  await get(user("a"));
  await get(user("b"));
  await get(user("a"));
  await get(user("c"));
  await expect(get(user("a")), "was used last").resolves.toBe("token 1");
  await get(user("b"));
  expect(exchanged).toHaveLength(4);
});

verifies("auth.single-flight", "50 callers with one assertion are one exchange", async () => {
  const { clock, broker, exchanged } = aBroker();
  const calls = Array.from({ length: 50 }, () => broker.get(user("a")));
  const tokens = new Set((await clock.run(Promise.all(calls))).map(({ token }) => token));
  expect([...tokens]).toEqual(["token 1"]);
  expect(exchanged).toHaveLength(1);
});

verifies(
  "auth.isolation",
  "a refusal of one user is remembered for 5 s, for that user alone",
  async () => {
    const { clock, exchanged, script, get } = aBroker();
    script.failure = REFUSED;
    for (let call = 0; call < 10; call++) {
      await expect(failureOf(get(user("a")))).resolves.toEqual(REFUSED);
    }
    expect(exchanged).toHaveLength(1);
    script.failure = null;
    await expect(get(user("b"))).resolves.toBe("token 2");
    await expect(failureOf(get(user("a")))).resolves.toEqual(REFUSED);
    clock.advance(5_000);
    await expect(get(user("a"))).resolves.toBe("token 3");
  },
);

verifies("auth.isolation", "an outage is not remembered", async () => {
  const { script, get } = aBroker();
  script.failure = OUTAGE;
  await expect(failureOf(get(user("a")))).resolves.toEqual(OUTAGE);
  script.failure = null;
  await expect(get(user("a"))).resolves.toBe("token 2");
});

verifies(
  "auth.app-token-stale",
  "a valid app token is served while Entra is away, until its expiry",
  async () => {
    const { clock, exchanged, script, get } = aBroker();
    await expect(get(APP)).resolves.toBe("token 1");
    script.failure = OUTAGE;
    clock.advance(55 * MINUTE);
    for (let second = 0; second < 290; second++) {
      await expect(get(APP)).resolves.toBe("token 1");
      await clock.run(clock.sleep(1_000));
    }
    expect(exchanged.length, "renewal is tried every 10 s at most").toBeLessThan(31);
    clock.advance(10_000);
    await expect(failureOf(get(APP))).resolves.toEqual(OUTAGE);
  },
);

verifies(
  "auth.app-token-stale",
  "a refused renewal does not displace a valid token either",
  async () => {
    const { clock, script, get } = aBroker();
    await get(APP);
    script.failure = { code: "service_credential_problem", detail: "Wrong secret." };
    clock.advance(56 * MINUTE);
    await get(APP);
    await clock.run(clock.sleep(200));
    await expect(get(APP)).resolves.toBe("token 1");
    script.failure = null;
    clock.advance(11_000);
    await get(APP);
    await clock.run(clock.sleep(200));
    await expect(get(APP), "renewed in the background").resolves.toBe("token 3");
  },
);

verifies(
  "auth.never-the-app",
  "a user's failed exchange is a failure, whatever is cached for the app",
  async () => {
    const { exchanged, script, get } = aBroker();
    await get(APP);
    for (const failure of [REFUSED, OUTAGE]) {
      script.failure = failure;
      await expect(failureOf(get(user(failure.code)))).resolves.toEqual(failure);
    }
    expect(exchanged.map(({ kind }) => kind)).toEqual(["app", "user", "user"]);
  },
);

verifies("auth.rejected-token", "a rejected token is not served again", async () => {
  for (const subject of [APP, user("a")]) {
    const { broker, get } = aBroker();
    const first = await get(subject);
    broker.reject(subject, first);
    await expect(get(subject)).resolves.toBe("token 2");
    broker.reject(subject, first);
    await expect(get(subject), "a late rejection of an old token harms nobody").resolves.toBe(
      "token 2",
    );
  }
});

verifies(
  "auth.no-hang",
  "a caller leaves after 15 s; the exchange goes on and is used",
  async () => {
    const { clock, broker, exchanged, get } = aBroker({ exchangeMs: 19_000 });
    const started = clock.now();
    const failure = await clock.run(failureOf(broker.get(user("a"))));
    expect(failure.code).toBe("identity_provider_unavailable");
    expect(clock.now() - started).toBe(15_000);
    await expect(get(user("a"))).resolves.toBe("token 1");
    expect(exchanged).toHaveLength(1);
  },
);
