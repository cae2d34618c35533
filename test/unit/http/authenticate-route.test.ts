// Who passes which route, in both modes of the app endpoint, and a lying auth service.

import { expect } from "vitest";
import type { Caller } from "../../../shared/auth/caller.ts";
import type { RouteAuth } from "../../../shared/contracts/route-contract.ts";
import { authenticateRoute } from "../../../shared/http/authenticate-route.ts";
import { verifies } from "../../support/verifies.ts";
import { aUser, someServices } from "./some-services.ts";

const KEY = { kind: "function-key" };

async function pass(auth: RouteAuth, authorization: string | null, functionKeyMode: boolean) {
  const asked: string[] = [];
  const caller: Caller | undefined = await authenticateRoute(
    auth,
    authorization,
    someServices({
      functionKeyMode,
      authenticate: async (header, accepts) => {
        asked.push(`${header} as ${accepts}`);
        return accepts === "app" ? { kind: "app", tenantId: "t", clientId: "c" } : aUser();
      },
    }),
  );
  return { caller, asked };
}

verifies("http.order-of-checks", "a route without auth asks nobody", async () => {
  expect(await pass("none", "Bearer x", false)).toEqual({ caller: undefined, asked: [] });
});

for (const [auth, accepts] of [
  ["user", "user"],
  ["app", "app"],
  ["user-or-app", "either"],
  ["owner", "either"],
] as const) {
  verifies("http.order-of-checks", `${auth} is asked for as ${accepts}, token or not`, async () => {
    expect((await pass(auth, "Bearer x", false)).asked).toEqual([`Bearer x as ${accepts}`]);
    expect((await pass(auth, null, false)).asked).toEqual([`null as ${accepts}`]);
  });
}

verifies(
  "http.function-key-mode",
  "query-app is the key's caller whatever token is sent",
  async () => {
    expect(await pass("app", "Bearer of-a-user", true)).toEqual({ caller: KEY, asked: [] });
    expect(await pass("app", null, true)).toEqual({ caller: KEY, asked: [] });
  },
);
verifies(
  "http.function-key-mode",
  "an owner route without a token is the key's caller",
  async () => {
    expect(await pass("owner", null, true)).toEqual({ caller: KEY, asked: [] });
    expect((await pass("owner", "Bearer x", true)).asked).toEqual(["Bearer x as either"]);
  },
);
verifies("http.function-key-mode", "the key opens nothing else", async () => {
  expect((await pass("user", null, true)).asked).toEqual(["null as user"]);
  expect((await pass("user-or-app", null, true)).asked).toEqual(["null as either"]);
});

verifies(
  "http.order-of-checks",
  "a service that lets the wrong kind pass is not believed",
  async () => {
    const lying = someServices({ authenticate: async () => KEY_CALLER });
    await expect(authenticateRoute("user", "Bearer x", lying)).rejects.toThrow(/as user/);
    const user = someServices({ authenticate: async () => aUser() });
    await expect(authenticateRoute("app", "Bearer x", user)).rejects.toThrow(/as app/);
  },
);

const KEY_CALLER: Caller = { kind: "function-key" };
