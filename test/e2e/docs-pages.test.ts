// The document and the pages as they go over the wire from the packed app: headers, policy, codings, tags, and what a
// hostile request can not do. What they do in a browser is shown by test/browser.

import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect } from "vitest";
import { GATEWAY_API, TENANT_ID } from "../../local/users.ts";
import { ERROR_CODES } from "../../shared/errors/error-catalogue.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { callHost, type GatewayReply } from "./gateway-client.ts";
import { sendRaw } from "./raw-request.ts";

const stand = useStand("docs-pages");
/** With the Cross-Origin-Opener-Policy of each: the window of the sign-in must reach the page that opened it. */
const OPENER_POLICY: Readonly<Record<string, string | null>> = {
  "/docs": "same-origin-allow-popups",
  "/docs/oauth2-redirect": null,
  "/docs/errors": "same-origin",
  "/redoc": "same-origin",
};
const PAGES = Object.keys(OPENER_POLICY);

/** As it came, with the headers that every answer carries. */
async function get(path: string, headers: Record<string, string> = {}): Promise<GatewayReply> {
  const reply = await sendRaw(stand(), { method: "GET", path, headers });
  expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  expect(reply.headers.get("x-request-id")).toMatch(/^[\w.-]{1,64}$/);
  return reply;
}

function assetsOf(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/docs\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
}

describe.concurrent("the document", () => {
  verifies("docs.openapi-document", "has the address and the sign-in of this stand", async () => {
    const { status, headers, text } = await get("/openapi.json");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    const document = JSON.parse(text);
    const signInAt = `${stand().entra.url}/${TENANT_ID}/oauth2/v2.0`;
    const scope = `${GATEWAY_API.clientId}/access_as_user`;
    expect(document.servers).toEqual([{ url: stand().url }]);
    expect(document.components.securitySchemes.entra.flows).toEqual({
      authorizationCode: {
        authorizationUrl: `${signInAt}/authorize`,
        tokenUrl: `${signInAt}/token`,
        scopes: { [scope]: expect.any(String) },
      },
      clientCredentials: {
        tokenUrl: `${signInAt}/token`,
        scopes: { [`${GATEWAY_API.clientId}/.default`]: expect.any(String) },
      },
    });
    expect(document.paths["/genie/query-obo"].post.security).toEqual([{ entra: [scope] }]);
    expect(document.components.securitySchemes).not.toHaveProperty("functionKey");
    expect(text).not.toMatch(/gateway\.example\.com|00000000-0000-0000-0000-000000000000/);
  });

  verifies("docs.openapi-document", "a Host header is data in it, never more", async () => {
    const { text } = await get("/openapi.json", { host: "o'dd&host.example:81" });
    expect(JSON.parse(text).servers).toEqual([{ url: "http://o'dd&host.example:81" }]);
    // The next one asks under the usual name, and gets it.
    const again = JSON.parse((await get("/openapi.json")).text);
    expect(again.servers).toEqual([{ url: stand().url }]);
  });
});

describe.concurrent("each page", () => {
  for (const path of PAGES) {
    verifies("docs.page-headers", path, async () => {
      const { status, headers, text } = await get(path);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
      const policy = headers.get("content-security-policy") ?? "";
      for (const directive of [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy.split("; ")).toContain(directive);
      }
      expect(policy).not.toMatch(/unsafe-eval|\*|https?:(?!\/\/localhost)/);
      expect(policy.includes("'unsafe-inline'")).toBe(path === "/redoc");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy")).toBe(OPENER_POLICY[path]);
      expect(text).not.toMatch(/<script>|<style|\son\w+=|\sstyle=/i);
      for (const asset of assetsOf(text)) expect((await get(asset)).status).toBe(200);
    });
  }

  verifies("docs.page-headers", "only /docs may speak to Entra", async () => {
    const policies = await Promise.all(
      PAGES.map(async (path) => (await get(path)).headers.get("content-security-policy") ?? ""),
    );
    expect(policies.filter((policy) => policy.includes(stand().entra.url))).toHaveLength(1);
    expect(policies[0]).toContain(`connect-src 'self' ${stand().entra.url}`);
  });

  verifies("docs.problem-types", "every code has its place on the page of failures", async () => {
    const { text } = await get("/docs/errors");
    expect(ERROR_CODES.filter((code) => !text.includes(`id="${code}"`))).toEqual([]);
    const reply = await callHost(stand(), { path: "/api/v1/me" });
    expect(JSON.parse(reply.text).type).toBe(`${stand().url}/docs/errors#invalid_token`);
  });
});

describe.concurrent("caching", () => {
  for (const path of [...PAGES, "/openapi.json"]) {
    verifies("docs.caching", `${path} is sent again only when it changed`, async () => {
      const { headers } = await get(path, { "accept-encoding": "br" });
      const etag = headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[0-9a-f]{16}-(br|identity)"$/);
      expect(headers.get("cache-control")).toBe("no-cache");
      expect(headers.get("vary")).toBe("Accept-Encoding");
      const known = { "accept-encoding": "br", "if-none-match": `"other", W/${etag}` };
      const again = await get(path, known);
      expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: "" });
      expect(again.headers.get("etag")).toBe(etag);
      expect(again.headers.get("cache-control")).toBe("no-cache");
      expect(again.headers.get("content-encoding")).toBeNull();
      for (const tag of ['"other"', "garbage", '"', `${etag.slice(0, -1)}`, "W/", ",,,"]) {
        const reply = await get(path, { "accept-encoding": "br", "if-none-match": tag });
        expect(reply.status).toBe(200);
      }
    });
  }
});

describe.concurrent("assets", () => {
  verifies("docs.assets", "come in the coding that is accepted, the same in each", async () => {
    const paths = [...assetsOf((await get("/docs")).text), ...assetsOf((await get("/redoc")).text)];
    expect(new Set(paths).size).toBe(7);
    for (const path of new Set(paths)) {
      const plain = await get(path);
      expect(plain.headers.get("content-type")).toMatch(/^text\/\w+; charset=utf-8$/);
      expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(plain.headers.get("content-encoding")).toBeNull();
      const br = await get(path, { "accept-encoding": "gzip, deflate, br, zstd" });
      const gzip = await get(path, { "accept-encoding": "gzip;q=1, br;q=0.5" });
      expect(br.headers.get("content-encoding")).toBe("br");
      expect(gzip.headers.get("content-encoding")).toBe("gzip");
      expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true);
      expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
      const tags = [plain, br, gzip].map(({ headers }) => headers.get("etag"));
      expect(new Set(tags).size).toBe(3);
      const known = await get(path, { "if-none-match": tags[0] ?? "" });
      expect(known.status).toBe(304);
      expect(known.bytes).toHaveLength(0);
      // The tag of another coding is not the one that would be sent.
      expect((await get(path, { "if-none-match": tags[1] ?? "" })).status).toBe(200);
    }
  });

  verifies("docs.assets", "an odd Accept-Encoding gets the plain form", async () => {
    const [path = ""] = assetsOf((await get("/docs")).text);
    for (const odd of ["", ";;;,,,", "identity;q=0", "compress", "q=1;br", "br;q=garbage", "\t"]) {
      const reply = await get(path, { "accept-encoding": odd });
      expect([odd, reply.status, reply.headers.get("content-encoding")]).toEqual([odd, 200, null]);
    }
  });

  verifies("docs.assets", "any other name is 404 without a body", async () => {
    const [known = ""] = assetsOf((await get("/docs")).text);
    const hostile = [
      "manifest.json",
      "pages.css",
      "..",
      "%2e%2e",
      "..%2f..%2fhost.json",
      "%2e%2e%5c%2e%2e%5chost.json",
      "..%252f..%252fhost.json",
      "constructor",
      "__proto__",
      "toString",
      "%00",
      "%ff",
      "x".repeat(4_000),
      `${known.split("/").at(-1)}.br`,
      `${known.split("/").at(-1)}%00`,
      `${known.split("/").at(-1)?.toUpperCase()}`,
    ];
    for (const name of hostile) {
      const reply = await sendRaw(stand(), { method: "GET", path: `/docs/assets/${name}` });
      // The host resolves dots and refuses bad escapes itself; nothing is ever found.
      expect([name, [400, 404].includes(reply.status)]).toEqual([name, true]);
      expect([name, reply.text]).toEqual([name, ""]);
    }
    expect((await get("/docs/assets/nobodys.css")).status).toBe(404);
  });

  verifies("docs.licences", "lie beside the pages", async () => {
    const [path = ""] = assetsOf((await get("/docs")).text).filter((each) =>
      each.includes("licences"),
    );
    const { text } = await get(path);
    expect(text).toContain("Apache License");
    expect(text).toContain("SmartBear");
    expect(text).toContain("Rebilly");
  });
});

describe("settings and headers in a page", () => {
  const odd = useStand("docs-odd-settings", {
    settings: {
      PUBLIC_BASE_URL: "https://front.example/it's",
      API_SCOPE: `a"b'c<d>&e`,
      API_AUDIENCE: `api://x"><script>`,
    },
  });

  verifies("docs.escaping", "settings stay values of attributes", async () => {
    const { text, headers } = await sendRaw(odd(), { method: "GET", path: "/docs" });
    expect(text).toContain(
      `data-scope="api://x&quot;&gt;&lt;script&gt;/a&quot;b&#39;c&lt;d&gt;&amp;e"`,
    );
    expect(text).toContain(
      `data-redirect-url="https://front.example/it&#39;s/docs/oauth2-redirect"`,
    );
    expect(text).toContain(`data-openapi-url="/it&#39;s/openapi.json"`);
    expect(text).not.toContain("<script>");
    expect(headers.get("content-security-policy")).not.toContain("front.example");
  });

  verifies("docs.escaping", "settings stay strings of the document", async () => {
    const { text } = await sendRaw(odd(), { method: "GET", path: "/openapi.json" });
    const document = JSON.parse(text);
    expect(document.servers).toEqual([{ url: "https://front.example/it's" }]);
    const { scopes } = document.components.securitySchemes.entra.flows.authorizationCode;
    expect(Object.keys(scopes)).toEqual([`api://x"><script>/a"b'c<d>&e`]);
  });

  verifies(
    "docs.escaping",
    "with a configured address no header decides where it leads",
    async () => {
      const headers = { host: "evil.example", "x-forwarded-host": "evil.example" };
      for (const path of [...PAGES, "/openapi.json"]) {
        const reply = await sendRaw(odd(), { method: "GET", path, headers });
        expect(reply.status).toBe(200);
        expect(`${reply.text}${[...reply.headers].join()}`).not.toContain("evil");
      }
    },
  );

  verifies("docs.escaping", "without one, a Host header is escaped", async () => {
    const headers = { host: "o'dd&host.example" };
    const { text } = await sendRaw(stand(), { method: "GET", path: "/docs", headers });
    expect(text).toContain("http://o&#39;dd&amp;host.example/docs/oauth2-redirect");
    expect(text).not.toContain("o'dd");
  });
});
