// The HTML page: every code has its anchor, its form stands a strict policy, and nothing gets out of its quotes.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ERROR_CATALOGUE } from "../../../shared/errors/error-catalogue.ts";
import { renderErrorGuideHtml } from "../../../shared/openapi/error-guide-html.ts";
import { htmlFaults, idsOf } from "../../support/html-faults.ts";
import { verifies } from "../../support/verifies.ts";

const page = renderErrorGuideHtml({ stylesheet: "/docs/assets/troubleshooting-page.css" });
const codes = Object.keys(ERROR_CATALOGUE);

describe("the troubleshooting page", () => {
  verifies("guides.every-code", "has one element for each code, and its links resolve", () => {
    const ids = idsOf(page);
    expect(codes.filter((code) => !ids.includes(code))).toEqual([]);
    expect(htmlFaults(page)).toEqual([]);
    const listed = page.slice(page.indexOf("<nav"), page.indexOf("</nav>"));
    expect(codes.filter((code) => !listed.includes(`href="#${code}"`))).toEqual([]);
  });

  verifies("guides.strict-page", "has no script, style or address of another origin", () => {
    expect(page).not.toMatch(/<script|<style|<img|<iframe|\son\w+=|\sstyle=|javascript:/i);
    const loaded = [...page.matchAll(/<(?:link|img|script)[^>]*(?:href|src)="([^"]*)"/g)];
    expect(loaded.map(([, address]) => address)).toEqual([
      "data:,",
      "/docs/assets/troubleshooting-page.css",
    ]);
  });

  verifies("guides.strict-page", "escapes its texts and the stylesheet's address", () => {
    expect(page).toContain("GRANT USE CATALOG ON CATALOG &lt;catalog&gt; TO `&lt;user&gt;`;");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (stylesheet) => {
        expect(htmlFaults(renderErrorGuideHtml({ stylesheet }))).toEqual([]);
      }),
      { numRuns: 10 },
    );
    expect(htmlFaults(renderErrorGuideHtml({ stylesheet: '"><script>alert(1)</script>' }))).toEqual(
      [],
    );
  });

  test("has one h1, and no heading skips a level", () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    const skips = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    expect(skips).toEqual([]);
  });

  test("its checker turns red on what must not be", () => {
    const planted = [
      "<p>grant to <user></p>",
      '<p id="a"></p><p id="a"></p>',
      '<a href="#gone">x</a>',
      '<p style="color:red">x</p>',
      "<p>never closed",
      "<p><strong>crossed</p></strong>",
      "1 < 2",
    ];
    expect(planted.filter((html) => htmlFaults(html).length === 0)).toEqual([]);
  });
});
