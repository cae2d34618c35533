// The pages as text: what is escaped, what their policies name, and how a text becomes cacheable content.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cacheableText } from "../../../shared/openapi/cacheable-text.ts";
import { dataAttributes } from "../../../shared/openapi/pages/html.ts";
import { type TryPageValues, tryPage } from "../../../shared/openapi/pages/try-page.ts";
import { verifies } from "../../support/verifies.ts";

const VALUES: TryPageValues = {
  baseUrl: "https://genie.example",
  openapiUrl: "/openapi.json",
  clientId: "client",
  scope: "client/access_as_user",
  authorityHost: "https://login.example",
};
const page = (values: Partial<TryPageValues>) =>
  tryPage({ ...VALUES, ...values }, (key) => `/docs/assets/${key}`);

const unescaped = (html: string) =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

verifies("docs.escaping", "a value of any text stays inside its attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (odd) => {
      const [, shown, rest] =
        /^ data-scope="([^"<>]*)"(.*)$/s.exec(dataAttributes({ scope: odd })) ?? [];
      expect(rest).toBe("");
      expect(unescaped(shown ?? "")).toBe(odd);
    }),
  );
});

describe("the policy of /docs", () => {
  const connectTo = (authorityHost: string) =>
    /connect-src ([^;]*)/.exec(
      page({ authorityHost }).headers["Content-Security-Policy"] ?? "",
    )?.[1];

  test("names Entra", () => {
    expect(connectTo("https://login.microsoftonline.com")).toBe(
      "'self' https://login.microsoftonline.com",
    );
    expect(connectTo("https://localhost:8443")).toBe("'self' https://localhost:8443");
  });

  for (const odd of [
    "https://a;b",
    "https://a,b",
    "https://*.example",
    "https://a b",
    "https://'x'",
  ]) {
    verifies("docs.escaping", `leaves out ${odd}`, () => {
      expect(connectTo(odd)).toBe("'self'");
      expect(page({ authorityHost: odd }).headers["Content-Security-Policy"]).not.toContain(odd);
    });
  }
});

describe("a text as cacheable content", () => {
  test("is compressed when it is long enough to matter, the same bytes in each coding", async () => {
    const { codings } = cacheableText("text/plain; charset=utf-8", "é".repeat(5_000));
    expect(codings.map(({ name }) => name)).toEqual(["br", "gzip", "identity"]);
    expect(new Set(codings.map(({ etag }) => etag)).size).toBe(3);
    const sizes = await Promise.all(codings.map(async ({ read }) => (await read()).byteLength));
    expect(sizes[2]).toBe(10_000);
    expect(Math.max(sizes[0] ?? 0, sizes[1] ?? 0)).toBeLessThan(200);
  });

  test("stays plain when it is short", () => {
    expect(cacheableText("text/plain; charset=utf-8", "short").codings).toHaveLength(1);
  });

  verifies("docs.caching", "has another tag when it is another text", () => {
    const tagOf = (text: string) => cacheableText("text/plain", text).codings[0].etag;
    expect(tagOf("a")).toBe(tagOf("a"));
    expect(tagOf("a")).not.toBe(tagOf("b"));
  });
});
