// The OpenAPI document against the contracts it is made from. What real responses look like beside it is checked by
// the contract tests.

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import type { oas31 } from "zod-openapi";
import * as routes from "../../../shared/contracts/routes.ts";
import { ERROR_CATALOGUE } from "../../../shared/errors/error-catalogue.ts";
import { createOpenApiDocument } from "../../../shared/openapi/create-document.ts";
import { problemCodesOf } from "../../../shared/openapi/problem-codes.ts";
import { verifies } from "../../support/verifies.ts";

const document = await createOpenApiDocument("1.2.3");
const contracts = Object.values(routes);

/** `GET /health` → its operation. */
const operations = new Map(
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined
        ? []
        : [[`${method.toUpperCase()} ${path}`, operation] as const];
    }),
  ),
);

function operationOf({ method, path }: { readonly method: string; readonly path: string }) {
  const operation = operations.get(`${method} /${path}`);
  if (operation === undefined) throw new Error(`no operation for ${method} /${path}`);
  return operation;
}

verifies("documents.openapi-complete", "operations and routes are the same", () => {
  const wanted = contracts.map(({ method, path }) => `${method} /${path}`);
  expect([...operations.keys()].toSorted()).toEqual(wanted.toSorted());
});

test("it says which version it describes", () => {
  expect(document.info.version).toBe("1.2.3");
});

describe("each operation", () => {
  for (const contract of contracts) {
    verifies("documents.openapi-complete", `${contract.name} is described in full`, async () => {
      const operation = operationOf(contract);
      expect(operation.operationId).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(operation.summary).toMatch(/^[A-Z][^/]{5,118}[a-z]$/);
      expect(operation.description).toMatch(/\.$/);
      expect(operation.security).toEqual(
        contract.auth === "none" ? [] : expect.arrayContaining([expect.anything()]),
      );
      const described = (operation.parameters ?? []).filter(
        (parameter) => "description" in parameter && parameter.description !== "",
      );
      expect(described).toHaveLength((operation.parameters ?? []).length);
      const statuses = new Set([
        ...Object.keys(await contract.responses()),
        ...problemCodesOf(contract).map((code) => String(ERROR_CATALOGUE[code].status)),
      ]);
      expect(Object.keys(operation.responses ?? {}).toSorted()).toEqual([...statuses].toSorted());
    });
  }

  test("has an id of its own", () => {
    const ids = [...operations.values()].map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(contracts.length);
  });
});

verifies("documents.openapi-complete", "the codes of a problem are those of the contract", () => {
  const [conflict] = [operationOf(routes.queryObo).responses?.["409"]];
  expect(conflict).toMatchObject({
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { properties: { code: { enum: ["conversation_busy", "operation_cancelled"] } } },
          ],
        },
      },
    },
  });
});

test("what a URL carries is shown as what it means", () => {
  const parameters = operationOf(routes.getResults).parameters ?? [];
  expect(parameters).toContainEqual(
    expect.objectContaining({
      name: "page_size",
      schema: expect.objectContaining({
        type: "integer",
        minimum: 1,
        maximum: 5_000,
        default: 1_000,
      }),
    }),
  );
  expect(parameters).toContainEqual(
    expect.objectContaining({
      name: "full",
      schema: expect.objectContaining({ type: "boolean", default: false }),
    }),
  );
});

describe("examples", () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "document", ...document });
  const fits = (schema: object, value: unknown) => ajv.compile(schema)(value);
  const at = (pointer: string) => ({ $ref: `document#${pointer}` });

  for (const [name, example] of Object.entries(document.components?.examples ?? {})) {
    verifies("documents.openapi-examples", `problem ${name}`, () => {
      expect(name in ERROR_CATALOGUE).toBe(true);
      const value = "value" in example ? example.value : undefined;
      expect(fits(at("/components/schemas/Problem"), value)).toBe(true);
    });
  }

  verifies("documents.openapi-examples", "every one inside a schema fits that schema", () => {
    const found = [...examplesIn(document.components?.schemas, "/components/schemas")];
    expect(found.length).toBeGreaterThan(20);
    const unfit = found.filter(({ pointer, value }) => !fits(at(pointer), value));
    expect(unfit).toEqual([]);
  });

  for (const { name, schema, values } of successBodies()) {
    verifies("documents.openapi-examples", name, () => {
      expect(values.length).toBeGreaterThan(0);
      for (const value of values) expect(fits(schema, value)).toBe(true);
    });
  }

  test("the check sees one that does not fit", () => {
    expect(fits(at("/components/schemas/Problem"), { code: "no_such_code" })).toBe(false);
  });
});

/** Every `examples` of a schema, with where that schema stands. */
function* examplesIn(
  node: unknown,
  pointer: string,
): Generator<{ readonly pointer: string; readonly value: unknown }> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "examples" && Array.isArray(value)) {
      for (const each of value) yield { pointer, value: each };
    } else {
      yield* examplesIn(value, `${pointer}/${key}`);
    }
  }
}

/** Bytes, pages for people and the document itself need no example. */
const NEEDS_NONE = /^(image|text\/(html|javascript|css))|^GetPageAsset$|^GetOpenApiDocument$/;

/** Every success body that is to have examples, with its schema as one of the document and their values. */
function successBodies() {
  return [...operations.values()].flatMap(({ operationId = "", responses }) =>
    Object.entries(responses ?? {}).flatMap(([status, response]) => {
      if (!status.startsWith("2") || !("content" in response)) return [];
      const content: Readonly<Record<string, oas31.MediaTypeObject>> = response.content ?? {};
      return Object.entries(content)
        .filter(([type]) => !NEEDS_NONE.test(type) && !NEEDS_NONE.test(operationId))
        .map(([type, { schema, examples }]) => ({
          name: `${operationId} ${status} ${type}`,
          schema: JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')),
          values: Object.values(examples ?? {}).map((each) => "value" in each && each.value),
        }));
    }),
  );
}
