// The endpoints of the OpenAPI document and of the pages for people. They tell what the settings say of the address and
// the sign-in, and nothing of any caller: whoever asks gets the same.

import type { Settings } from "../../config/settings.ts";
import type * as routes from "../../contracts/routes.ts";
import type { CacheableContent } from "../../http/cacheable-content.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import { cacheableText } from "../../openapi/cacheable-text.ts";
import { type Deployment, deployedDocument } from "../../openapi/deployed-document.ts";
import type { DocsAssets } from "../../openapi/docs-assets.ts";
import { ownResource } from "../../openapi/own-resource.ts";
import type { AssetUrl, Page } from "../../openapi/pages/page.ts";
import { readPage } from "../../openapi/pages/read-page.ts";
import { redirectPage } from "../../openapi/pages/redirect-page.ts";
import { tryPage } from "../../openapi/pages/try-page.ts";

type Context = Pick<InputOf<typeof routes.getDocs>, "baseUrl">;

export function createDocsEndpoints({ entra, inbound }: Settings, assets: DocsAssets) {
  const resource = ownResource({ clientId: entra.clientId, audiences: inbound.audiences });
  const signIn = {
    authority: `${entra.authorityHost}/${entra.tenantId}`,
    userScope: `${resource}/${inbound.scope}`,
    appScope: `${resource}/.default`,
    appEndpointAuth: inbound.appEndpointAuth,
  };
  const openapi = createOpenapiReading(signIn);
  const assetUrls = async (baseUrl: string): Promise<AssetUrl> => {
    const nameOf = await assets.names();
    return (key) => `${pathOf(baseUrl)}/docs/assets/${nameOf(key)}`;
  };
  return {
    getOpenapi: async ({ baseUrl }: Context): Promise<Reply> => ok(await openapi(baseUrl)),

    getDocs: async ({ baseUrl }: Context): Promise<Reply> => {
      const values = {
        baseUrl,
        openapiUrl: openapiUrl(baseUrl),
        clientId: entra.clientId,
        scope: signIn.userScope,
        authorityHost: entra.authorityHost,
      };
      return pageReply(tryPage(values, await assetUrls(baseUrl)));
    },

    getDocsRedirect: async ({ baseUrl }: Context): Promise<Reply> =>
      pageReply(redirectPage(await assetUrls(baseUrl))),

    getDocsErrors: async ({ baseUrl }: Context): Promise<Reply> => {
      // Its texts are some 50 KB that no other request needs.
      const { troubleshootingPage } = await import("../../openapi/pages/troubleshooting-page.ts");
      return pageReply(troubleshootingPage(await assetUrls(baseUrl)));
    },

    getRedoc: async ({ baseUrl }: Context): Promise<Reply> =>
      pageReply(readPage(openapiUrl(baseUrl), await assetUrls(baseUrl))),

    getDocsAsset: async ({
      params,
    }: Pick<InputOf<typeof routes.getDocsAsset>, "params">): Promise<Reply> => {
      const content = await assets.find(params.file);
      return content === undefined ? { status: 404 } : ok(content);
    },
  };
}

/** Made once for each base; of bases the last one is kept, because in Azure there is only one. */
function createOpenapiReading(signIn: Omit<Deployment, "baseUrl">) {
  let last: { readonly baseUrl: string; readonly content: CacheableContent } | undefined;
  return async (baseUrl: string): Promise<CacheableContent> => {
    if (last?.baseUrl === baseUrl) return last.content;
    const text = await deployedDocument({ ...signIn, baseUrl });
    last = { baseUrl, content: cacheableText("application/json; charset=utf-8", text) };
    return last.content;
  };
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
