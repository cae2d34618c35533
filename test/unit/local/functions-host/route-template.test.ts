// ASP.NET route templates, as the development host reads them.

import { expect, test } from "vitest";
import { compileRoute } from "../../../../local/functions-host/http/route-template.ts";
import { verifies } from "../../../support/verifies.ts";

const guid = "0f8fad5b-d9cb-469f-a165-70867728950e";

const cases: [template: string, path: string, values: Record<string, string> | undefined][] = [
  ["", "/", {}],
  ["jobs", "/jobs", {}],
  ["jobs", "/JOBS/", {}],
  ["jobs", "/jobs/1", undefined],
  ["jobs/{id}", "/jobs/1", { id: "1" }],
  ["jobs/{id}", "/jobs", undefined],
  ["jobs/{id?}", "/jobs", {}],
  ["jobs/{id=5}", "/jobs", { id: "5" }],
  ["jobs/{id=5}", "/jobs/6", { id: "6" }],
  ["files/{*rest}", "/files/a/b%20c", { rest: "a/b c" }],
  ["files/{*rest}", "/files", {}],
  ["files/{name}.{ext}", "/files/a.b.c", { name: "a.b", ext: "c" }],
  ["a-{b}", "/a-1", { b: "1" }],
  ["a.b", "/axb", undefined],
  ["x/{id:int}", "/x/-12", { id: "-12" }],
  ["x/{id:int}", "/x/1.5", undefined],
  ["x/{id:int}", "/x/99999999999", undefined],
  ["x/{id:guid}", `/x/${guid}`, { id: guid }],
  ["x/{id:guid}", "/x/stats", undefined],
  ["x/{id:alpha}", "/x/abc1", undefined],
  ["x/{id:min(3)}", "/x/2", undefined],
  ["x/{id:max(3)}", "/x/3", { id: "3" }],
  ["x/{id:range(1,3)}", "/x/4", undefined],
  ["x/{id:length(2)}", "/x/ab", { id: "ab" }],
  ["x/{id:length(2,3)}", "/x/abcd", undefined],
  ["x/{id:alpha:length(2)?}", "/x", {}],
  ["x/{id:regex(^a{{2}}$)}", "/x/aa", { id: "aa" }],
  ["x/{id:regex(^a{{2}}$)}", "/x/aaa", undefined],
  ["x/{id:int=7}", "/x", { id: "7" }],
  ["x/{id}/y", "/x/a%2Fb/y", { id: "a%2Fb" }],
  ["x/{id}", "/x/%", { id: "%" }],
];

for (const [template, path, values] of cases) {
  verifies("local.host-routing", `'${template}' on ${path}`, () => {
    expect(compileRoute(template)(path)).toEqual(values);
  });
}

for (const template of ["x/{id", "x/id}", "x/{}", "x/{id:unknown}", "x/{id:regex([)}"]) {
  test(`'${template}' is refused`, () => {
    expect(() => compileRoute(template)).toThrow();
  });
}
