// What the real host puts into the trigger metadata of an HTTP request: string fields of a JSON body, then the
// query, then route values, the later winning (`HttpTriggerAttributeBindingProvider.GetRequestBindingData`). In
// streaming mode all of it surfaces in `request.params`, which is why the product must not trust undeclared keys.

import type { IncomingMessage } from "node:http";
import type { RpcTypedData } from "../worker/core-contract.ts";
import { queryOf } from "./http-query.ts";

export function bindingData(
  request: IncomingMessage,
  body: Buffer | undefined,
  routeValues: Readonly<Record<string, string>>,
): Record<string, RpcTypedData> {
  const query = Object.fromEntries(queryOf(request));
  const { code: _key, ...queryValues } = query;
  const values = new Map(
    [stringFields(body), queryValues, routeValues].flatMap((part) => Object.entries(part)),
  );
  return {
    ...Object.fromEntries([...values].map(([name, value]) => [name, { string: value }])),
    // Last, so that a query parameter named `Headers` cannot pose as the request's headers.
    Headers: { json: JSON.stringify(request.headers) },
    Query: { json: JSON.stringify(query) },
  };
}

function stringFields(body: Buffer | undefined): Record<string, string> {
  if (body === undefined) {
    return {};
  }
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? Object.fromEntries(
          Object.entries(parsed).filter(
            (field): field is [string, string] => typeof field[1] === "string",
          ),
        )
      : {};
  } catch {
    return {};
  }
}
