// Keeps the documents in step with the code: each dependency and each control they name exists.

import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { requirements } from "../requirements/all.ts";

const read = (file: string) => readFileSync(file, "utf8");

test("docs/dependencies.md names each dependency, and no other", () => {
  const { dependencies, devDependencies, optionalDependencies } = packageFile;
  const named = [...read("docs/dependencies.md").matchAll(/^(?:\||Optional:)(.*)/gm)]
    .map(([, line = ""]) => line.split(line.startsWith(" `") ? " | " : "(MIT)")[0] ?? "")
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual(
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).toSorted(),
  );
});

test("every control of the threat model is shown by a requirement or a test that exists", () => {
  const threats = [...read("docs/threat-model.md").matchAll(/^\| (T\d+) \|.*\| (.+) \|$/gm)];
  expect(threats.map(([, id]) => id)).toEqual(threats.map((_, index) => `T${index + 1}`));
  const proofs = threats.flatMap(([, id, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, proof = ""]) => ({ id, proof })),
  );
  expect(proofs.length).toBeGreaterThanOrEqual(threats.length);
  expect(proofs.filter(({ proof }) => !(proof in requirements || existsSync(proof)))).toEqual([]);
});

test("links between the documents lead somewhere", () => {
  const files = [
    "docs/dependencies.md",
    "docs/threat-model.md",
    "docs/stored-records.md",
    "docs/errors.md",
    "docs/deploy.md",
    "docs/operations.md",
  ];
  const broken = files.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map(([, target = ""]) => new URL(target, `file:///repository/${file}`).pathname.slice(12))
      .filter((target) => !existsSync(target)),
  );
  expect(broken).toEqual([]);
});
