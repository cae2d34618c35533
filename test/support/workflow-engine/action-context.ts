// What an action finds when it starts, and how its request comes about from its template.

import { type ManagedIdentity, tokenFor } from "./action-token.ts";
import { evaluateTemplate, type Functions } from "./evaluate-template.ts";
import type { ActionRequest, Wire } from "./send-request.ts";
import type { RequestTemplate } from "./workflow-definition.ts";

export interface ActionContext {
  readonly name: string;
  readonly functions: Functions;
  readonly identity: ManagedIdentity;
  /** Its signal ends with the run, or with the action's own limit. */
  readonly wire: Wire;
}

/** An expression or a setting that the engine cannot work with. */
export class InvalidTemplate extends Error {}

/** Fills the template in and obtains the token. @throws InvalidTemplate · Error when there is no token */
export async function prepareRequest(
  template: Omit<RequestTemplate, "queries"> & Pick<Partial<RequestTemplate>, "queries">,
  { functions, identity }: Pick<ActionContext, "functions" | "identity">,
  more: Readonly<Record<string, string>> = {},
): Promise<ActionRequest> {
  const { method, uri, queries, headers, body, authentication, retryPolicy } = filled(
    template,
    functions,
  );
  const address = new URL(uri);
  for (const [name, value] of Object.entries(queries ?? {})) address.searchParams.set(name, value);
  const token = authentication && (await tokenFor(authentication, identity));
  return {
    method,
    uri: address.href,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...lowerCased(headers),
      ...more,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body }),
    ...(retryPolicy === undefined ? {} : { retryPolicy }),
  };
}

function filled<Template>(template: Template, functions: Functions): Template {
  try {
    return evaluateTemplate(template, functions) as Template; // the same shape with its texts filled in
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new InvalidTemplate(reason, { cause });
  }
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
