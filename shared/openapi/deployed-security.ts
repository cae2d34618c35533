// What opens the operations of a deployment: the committed document names every way there is, a gateway has the ways of
// its `APP_ENDPOINT_AUTH` (design §3.1). Pure.

import * as routes from "../contracts/routes.ts";

/** Scheme → scopes. Each requirement of a list is enough alone; `{}` is none at all. */
type Requirement = Readonly<Record<string, readonly string[]>>;

interface Operation {
  readonly security: readonly Requirement[];
}

/** The parts of the document that are read here; the others are kept. */
export interface SecuredDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>> };
}

const KEY: Requirement = { functionKey: [] };
const takesKey = ({ security }: Operation): boolean =>
  security.some((each) => Object.hasOwn(each, "functionKey"));

/** Without the key where no key is taken, so that nobody is offered a field for it. */
export function withoutFunctionKey(document: SecuredDocument): SecuredDocument {
  const { functionKey: _unused, ...securitySchemes } = document.components.securitySchemes;
  const tokensAlone = (operation: Operation) =>
    operation.security.filter((each) => !Object.hasOwn(each, "functionKey"));
  return {
    ...withSecurity(document, tokensAlone),
    components: { ...document.components, securitySchemes },
  };
}

/** Where the key decides: it alone opens the ask, and the ask's operation is opened by its unguessable id alone. */
export function withFunctionKey(document: SecuredDocument): SecuredDocument {
  const owners = new Set(
    Object.values(routes)
      .filter(({ auth }) => auth === "owner")
      .map(({ method, path }) => `${method.toLowerCase()} /${path}`),
  );
  return withSecurity(document, (operation, name) => {
    if (takesKey(operation)) return [KEY];
    return owners.has(name) ? [...operation.security, {}] : operation.security;
  });
}

/** @param securityOf gets each operation with its name, `get /path` */
function withSecurity(
  document: SecuredDocument,
  securityOf: (operation: Operation, name: string) => readonly Requirement[],
): SecuredDocument {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const operations = Object.entries(item).map(([method, operation]) => {
      const security = securityOf(operation, `${method} ${path}`);
      return [method, { ...operation, security }] as const;
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
