// A gateway that starts and answers, and could not serve one question: readiness must say so, because deployments and
// people on call look at nothing else.

import { expect } from "vitest";
import { readinessSchema } from "../../shared/contracts/health-schemas.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { ask, bodyOf, call, problemOf } from "./gateway-client.ts";

const stand = useStand("readiness", {
  settings: { SEALING_KEY: "", SEALING_KEY_NAME: "no-such-key" },
});

verifies("health.503", "a wrong client secret and no sealing key are both told", async () => {
  stand().keyVault.put("genie-client-secret", SECRET_MARKERS.secret);
  const reply = await call(stand(), { path: "/health/ready" });
  const { status, checks } = bodyOf(reply, 503, readinessSchema);
  expect(status).toBe("failed");
  expect(checks.entra).toEqual({
    status: "failed",
    detail: "The gateway's own credential does not work.",
  });
  expect(checks.key_vault).toEqual({ status: "failed", detail: "There is no usable sealing key." });
  expect(reply.text).not.toContain(SECRET_MARKERS.secret);
  for (const as of ["analyst", "app"] as const) {
    problemOf(await ask(stand(), as, { query: "hello" }), 503, "service_credential_problem");
  }
});
