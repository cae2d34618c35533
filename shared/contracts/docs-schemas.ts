// Bodies of the pages for people and of the document behind them (design §3.1 table). 304 answers a client that has
// the content already.

import * as z from "zod";

const page = z.file().mime("text/html");

export const pageResponses = { 200: page, 304: null };
export const assetResponses = {
  200: z.file().mime(["text/javascript", "text/css"]),
  304: null,
  404: null,
};
export const openapiResponses = {
  200: z.looseObject({ openapi: z.string() }),
  304: null,
};
