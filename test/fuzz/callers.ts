// The Authorization header of each kind of caller: good tokens of the simulated tenant, and tokens that must never pass.

import type { Stand } from "../../local/stand/start-stand.ts";
import { ANALYST } from "../../local/users.ts";
import type { FuzzCaller } from "./request-plan.ts";

const LONG_EXPIRED_S = -3_600;

/** Caller → value of the header; undefined: none is sent. */
export async function makeAuthorizations({
  entra,
  token,
}: Stand): Promise<Readonly<Record<FuzzCaller, string | undefined>>> {
  const [analyst, app, noSpace, expired, foreign] = await Promise.all([
    token("analyst"),
    token("app"),
    token("no-space"),
    entra.issueUserToken({ user: ANALYST, lifetimeS: LONG_EXPIRED_S }),
    entra.issueUserToken({ user: ANALYST, overrides: { aud: "api://somebody-else" } }),
  ]);
  const [header = "", payload = ""] = analyst.split(".");
  const otherSignature = app.split(".")[2] ?? "";
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
  const bearer = (text: string) => `Bearer ${text}`;
  return {
    nobody: undefined,
    analyst: bearer(analyst),
    app: bearer(app),
    "no-space": bearer(noSpace),
    expired: bearer(expired),
    forged: bearer(`${header}.${payload}.${otherSignature}`),
    unsigned: bearer(`${none}.${payload}.`),
    "foreign-audience": bearer(foreign),
    garbage: "Basic Z2Vu\u00e9:aWU",
  };
}
