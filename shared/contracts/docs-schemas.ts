// Bodies of the pages for people and of the document behind them (design §3.1 table). 304 answers a client that has the
// content already.

import * as z from "zod";
import { json } from "./route-contract.ts";

const text = z.string();

export const pageResponses = { 200: { "text/html": text }, 304: null };
export const assetResponses = {
  200: { "text/javascript": text, "text/css": text, "text/plain": text },
  304: null,
  404: null,
};
export const openapiResponses = {
  200: json(z.looseObject({ openapi: z.string().meta({ examples: ["3.1.0"] }) })),
  304: null,
};
