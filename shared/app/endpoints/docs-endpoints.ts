// The endpoints of the OpenAPI document and of the pages for people. They tell what the settings say of the address and
// the sign-in, and nothing of any caller: whoever asks gets the same.

import type { Settings } from "../../config/settings.ts";
import type * as routes from "../../contracts/routes.ts";
import type { CacheableContent } from "../../http/cacheable-content.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import { cacheableText } from "../../openapi/cacheable-text.ts";
import { deployedDocument } from "../../openapi/deployed-document.ts";
import type { DocsAssets } from "../../openapi/docs-assets.ts";
import { ownResource } from "../../openapi/own-resource.ts";
import type { AssetUrl, Page } from "../../openapi/pages/page.ts";
import { readPage } from "../../openapi/pages/read-page.ts";
import { redirectPage } from "../../openapi/pages/redirect-page.ts";
import { tryPage } from "../../openapi/pages/try-page.ts";
import { keptPerBase } from "./kept-per-base.ts";

type Context = Pick<InputOf<typeof routes.getDocs>, "baseUrl">;

export function createDocsEndpoints(
  { entra, inbound }: Pick<Settings, "entra" | "inbound">,
  assets: DocsAssets,
) {
  const resource = ownResource({ clientId: entra.clientId, audiences: inbound.audiences });
  const signIn = {
    authority: `${entra.authorityHost}/${entra.tenantId}`,
    userScope: `${resource}/${inbound.scope}`,
    appScope: `${resource}/.default`,
    appEndpointAuth: inbound.appEndpointAuth,
  };
  const page = (make: (baseUrl: string, asset: AssetUrl) => Page | Promise<Page>) =>
    keptReply(async (baseUrl) => {
      const nameOf = await assets.names();
      const asset: AssetUrl = (key) => `${pathOf(baseUrl)}/docs/assets/${nameOf(key)}`;
      return pageReply(await make(baseUrl, asset));
    });
  return {
    getOpenapi: keptReply(async (baseUrl) => {
      const text = await deployedDocument({ ...signIn, baseUrl });
      return ok(cacheableText("application/json; charset=utf-8", text));
    }),

    getDocs: page((baseUrl, asset) => {
      const { clientId, authorityHost } = entra;
      const scope = signIn.userScope;
      return tryPage(
        { baseUrl, openapiUrl: openapiUrl(baseUrl), clientId, scope, authorityHost },
        asset,
      );
    }),

    getDocsRedirect: page((_baseUrl, asset) => redirectPage(asset)),

    getDocsErrors: page(async (_baseUrl, asset) => {
      // Its texts are some 50 KB that no other request needs.
      const { troubleshootingPage } = await import("../../openapi/pages/troubleshooting-page.ts");
      return troubleshootingPage(asset);
    }),

    getRedoc: page((baseUrl, asset) => readPage(openapiUrl(baseUrl), asset)),

    getDocsAsset: async ({
      params,
    }: Pick<InputOf<typeof routes.getDocsAsset>, "params">): Promise<Reply> => {
      const content = await assets.find(params.file);
      return content === undefined ? { status: 404 } : ok(content);
    },
  };
}

/** Rendering and compressing take far longer than sending, and anybody may ask. */
function keptReply(make: (baseUrl: string) => Promise<Reply>) {
  const replyFor = keptPerBase(make);
  return ({ baseUrl }: Context): Promise<Reply> => replyFor(baseUrl);
}

function ok(cacheable: CacheableContent): Reply {
  return { status: 200, cacheable };
}

function pageReply({ html, headers }: Page): Reply {
  return { ...ok(cacheableText("text/html; charset=utf-8", html)), headers };
}

function openapiUrl(baseUrl: string): string {
  return `${pathOf(baseUrl)}/openapi.json`;
}

/** Links of a page hold no host: they lead to where the page came from. Behind a gateway the base has a path. */
function pathOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/$/, "");
}
