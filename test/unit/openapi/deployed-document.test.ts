// What a deployment fills into the committed document, and how this API is named to Entra.

import fc from "fast-check";
import { expect, test } from "vitest";
import { deployedDocument } from "../../../shared/openapi/deployed-document.ts";
import { ownResource } from "../../../shared/openapi/own-resource.ts";
import { verifies } from "../../support/verifies.ts";

const DEPLOYMENT = {
  baseUrl: "https://genie.example",
  authority: "https://login.example/tenant",
  userScope: "client/access",
  appScope: "client/.default",
};

verifies(
  "docs.openapi-document",
  "every placeholder is filled, and nothing else changes",
  async () => {
    const text = await deployedDocument(DEPLOYMENT);
    expect(text).not.toMatch(/gateway\.example\.com|00000000-0000-0000-0000-000000000000/);
    const placeholders = {
      baseUrl: "https://gateway.example.com",
      authority: "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000",
      userScope: "api://00000000-0000-0000-0000-000000000000/access_as_user",
      appScope: "api://00000000-0000-0000-0000-000000000000/.default",
    };
    const committed = await import("../../../docs/openapi.json", { with: { type: "json" } });
    expect(JSON.parse(await deployedDocument(placeholders))).toEqual(committed.default);
  },
);

verifies("docs.escaping", "a value of any text stays that text", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), async (odd) => {
      const document = JSON.parse(await deployedDocument({ ...DEPLOYMENT, baseUrl: odd }));
      expect(document.servers).toEqual([{ url: odd }]);
    }),
    { numRuns: 30 },
  );
});

test("the resource is the client id where its tokens are taken, else the first audience", () => {
  expect(ownResource({ clientId: "c", audiences: ["api://x", "c"] })).toBe("c");
  expect(ownResource({ clientId: "c", audiences: ["api://x", "api://y"] })).toBe("api://x");
});
