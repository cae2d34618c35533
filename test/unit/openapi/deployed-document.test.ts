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
  appEndpointAuth: "entra",
} as const;

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
    const { default: committed } = await import("../../../docs/openapi.json", {
      with: { type: "json" },
    });
    for (const appEndpointAuth of ["entra", "function-key"] as const) {
      const deployed = JSON.parse(await deployedDocument({ ...placeholders, appEndpointAuth }));
      expect(withoutSecurity(deployed)).toEqual(withoutSecurity(committed));
    }
  },
);

/** What opens the operations is another matter, with tests of its own. */
function withoutSecurity(document: object): unknown {
  return JSON.parse(
    JSON.stringify(document, (name, value) =>
      name === "security" || name === "securitySchemes" ? undefined : value,
    ),
  );
}

verifies("docs.openapi-document", "where no key is taken, it names none", async () => {
  const document = JSON.parse(await deployedDocument(DEPLOYMENT));
  expect(Object.keys(document.components.securitySchemes)).toEqual(["entra"]);
  expect(JSON.stringify(securityIn(document))).not.toContain("functionKey");
  expect(securityIn(document)).toMatchObject({
    AskAsApp: [{ entra: ["client/.default"] }],
    AskAsUser: [{ entra: ["client/access"] }],
    GetOperationResult: [{ entra: ["client/access"] }, { entra: ["client/.default"] }],
    GetHealth: [],
  });
});

verifies("docs.openapi-document", "where the key decides, it opens the ask alone", async () => {
  const document = JSON.parse(
    await deployedDocument({ ...DEPLOYMENT, appEndpointAuth: "function-key" }),
  );
  expect(document.components.securitySchemes.functionKey).toMatchObject({
    name: "x-functions-key",
  });
  const security = Object.entries(securityIn(document));
  const idsWith = (wanted: object) =>
    security
      .filter(([, list]) => list.some((each) => JSON.stringify(each) === JSON.stringify(wanted)))
      .map(([id]) => id);
  expect(idsWith({ functionKey: [] })).toEqual(["AskAsApp"]);
  expect(securityIn(document).AskAsApp).toEqual([{ functionKey: [] }]);
  expect(idsWith({}).toSorted()).toEqual([
    "CancelOperation",
    "GetOperation",
    "GetOperationEvents",
    "GetOperationResult",
  ]);
  expect(securityIn(document).GetOperation).toHaveLength(3);
});

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
}

function securityIn(document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}): Readonly<Record<string, readonly object[]>> {
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  return Object.fromEntries(operations.map(({ operationId, security }) => [operationId, security]));
}

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
