// Pages and the document are made once for each base: the same content goes out again, compressed once.

import { expect } from "vitest";
import { createDocsEndpoints } from "../../../../shared/app/endpoints/docs-endpoints.ts";
import { verifies } from "../../../support/verifies.ts";

const endpoints = createDocsEndpoints(
  {
    entra: { tenantId: "tenant", clientId: "client", authorityHost: "https://login.example" },
    inbound: {
      audiences: ["client"],
      scope: "access_as_user",
      appRole: "Genie.Ask",
      allowedClientIds: null,
      appEndpointAuth: "entra",
    },
  },
  { names: async () => (key) => key, find: async () => undefined },
);
const A = { baseUrl: "https://a.example" };
const B = { baseUrl: "https://b.example/genie" };

for (const name of [
  "getOpenapi",
  "getDocs",
  "getDocsRedirect",
  "getDocsErrors",
  "getRedoc",
] as const) {
  verifies("docs.kept", `${name} is made once for each base`, async () => {
    const first = (await endpoints[name](A)).cacheable;
    const other = (await endpoints[name](B)).cacheable;
    const again = (await endpoints[name](A)).cacheable;
    const bytes = await first?.codings[0].read();
    expect(bytes?.byteLength).toBeGreaterThan(100);
    expect(await again?.codings[0].read()).toBe(bytes);
    expect(other?.codings[0].etag).not.toBe(first?.codings[0].etag);
  });
}
