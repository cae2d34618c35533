// Where the programs are found: without a shell, on every platform, and never in the folder one stands in.

import { describe, expect, test } from "vitest";
import { failureKindOf } from "../../../infra/cli/call-failure.ts";
import { findProgram } from "../../../infra/cli/find-program.ts";
import { verifies } from "../../support/verifies.ts";

const on =
  (platform: NodeJS.Platform, searchPath: string, ...files: string[]) =>
  (program: "az" | "databricks") =>
    findProgram(program, { platform, searchPath, exists: (file) => files.includes(file) });

const CLI2 = "C:\\Program Files\\Microsoft SDKs\\Azure\\CLI2";

test("on Linux and macOS the first on PATH", () => {
  const find = on("linux", "/a:/b:/c", "/b/az", "/c/az");
  expect(find("az")).toEqual({ file: "/b/az", leadingArgs: [] });
});

test("on Windows Azure CLI is started as the Python beside az.cmd, never through cmd.exe", () => {
  const find = on("win32", `C:\\x;${CLI2}\\wbin`, `${CLI2}\\wbin\\az.cmd`, `${CLI2}\\python.exe`);
  expect(find("az")).toEqual({
    file: `${CLI2}\\python.exe`,
    leadingArgs: ["-IBm", "azure.cli"],
  });
});

test("on Windows Databricks CLI is an .exe", () => {
  const find = on("win32", "C:\\bin", "C:\\bin\\databricks.exe");
  expect(find("databricks")?.file).toBe("C:\\bin\\databricks.exe");
});

verifies("infra.setup-refusals", "an az.cmd of another make is not run", () => {
  expect(on("win32", "C:\\pip", "C:\\pip\\az.cmd")("az")).toBeUndefined();
});

verifies("infra.setup-refusals", "a relative folder on PATH is passed over", () => {
  expect(on("linux", ".:bin::/usr/bin", "az", "bin/az", "./az")("az")).toBeUndefined();
});

describe("what the programs print when they fail", () => {
  const texts: [kind: string, text: string][] = [
    ["not-signed-in", "ERROR: Please run 'az login' to setup account."],
    ["not-signed-in", "ERROR: AADSTS700082: The refresh token has expired due to inactivity."],
    ["not-signed-in", "Error: default auth: cannot configure default credentials, please check"],
    ["not-found", 'ERROR: Not Found({"error":{"code":"Request_ResourceNotFound"}})'],
    ["not-found", "ERROR: (SecretNotFound) A secret with (name/id) x was not found"],
    ["not-found", "Error: Schema 'main.sales' does not exist."],
    ["forbidden", 'ERROR: Forbidden({"error":{"code":"Authorization_RequestDenied"}})'],
    ["forbidden", "ERROR: (Forbidden) Caller is not authorized to perform action on resource."],
    ["forbidden", "Error: User does not have MANAGE on Schema 'main.sales'."],
    [
      "forbidden",
      "Error: 1234 does not have Manage permissions on space. Only admins can do this.",
    ],
    ["disabled-secret", "ERROR: (Forbidden) Operation get is not allowed on a disabled secret."],
    ["deleted-but-recoverable", "ERROR: (Conflict) … ObjectIsDeletedButRecoverable …"],
    ["other", 'ERROR: Bad Request({"error":{"code":"InvalidValue"}})'],
    ["other", "Error: request timed out"],
  ];
  for (const [kind, text] of texts) {
    test(`${kind}: ${text}`, () => {
      expect(failureKindOf(text)).toBe(kind);
    });
  }
});
