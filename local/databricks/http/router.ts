// Finds the route of a method and path. Templates are literal segments and {names}; nothing cleverer.

import { type Handle, NO_PATH_PARTS, type OpenHandle, type PathParts } from "./call.ts";

export type Route<Name extends string = string> = {
  readonly name: Name;
  readonly method: string;
  readonly template: string;
} & (
  | { readonly access: "bearer"; readonly handle: Handle }
  | { readonly access: "open"; readonly handle: OpenHandle }
);

export interface RouteMatch {
  readonly route: Route;
  readonly path: PathParts;
}

export type FindRoute = (method: string, pathname: string) => RouteMatch | undefined;

export function createRouter(routes: readonly Route[]): FindRoute {
  const compiled = routes.map((route) => ({ route, segments: route.template.split("/") }));
  return (method, pathname) => {
    const actual = pathname.split("/");
    for (const { route, segments } of compiled) {
      const path = route.method === method ? matchSegments(segments, actual) : undefined;
      if (path !== undefined) return { route, path };
    }
    return undefined;
  };
}

function matchSegments(
  template: readonly string[],
  actual: readonly string[],
): PathParts | undefined {
  if (template.length !== actual.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const value = actual[index] ?? "";
    if (segment.startsWith("{")) found[segment.slice(1, -1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return { ...NO_PATH_PARTS, ...found };
}

/** A broken escape is no id of ours: it stays as it is and is found nowhere. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
