// ASP.NET route templates as the Functions host reads them: `{id}`, `{id?}`, `{id=5}`, `{*rest}`, constraints and
// several parameters in one segment. Matching ignores case. Knows no function and no method.

import { parseConstraint } from "./route-constraints.ts";

/** Values by parameter name, or undefined when the path does not match. Optional ones may be missing. */
export type MatchRoute = (path: string) => Record<string, string> | undefined;

interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly catchAll: boolean;
  readonly fallback: string | undefined;
  readonly checks: readonly ((value: string) => boolean)[];
}

interface Segment {
  /** Matches one decoded path segment, or the whole rest for a catch-all. */
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
}

/** @param template without or with slashes at its ends. Throws for a template the host would refuse. */
export function compileRoute(template: string): MatchRoute {
  const segments = splitTemplate(template).map(parseSegment);
  return (path) => {
    const parts = path.split("/").filter((part) => part !== "");
    return matchSegments(segments, parts.map(decodeSegment));
  };
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  let index = 0;
  for (const segment of segments) {
    const isRest = segment.parameters.some((parameter) => parameter.catchAll);
    const text = isRest ? parts.slice(index).join("/") : parts[index];
    if (!matchSegment(segment, text ?? "", values)) {
      return undefined;
    }
    index = isRest ? parts.length : index + 1;
  }
  return index < parts.length ? undefined : values;
}

function matchSegment(segment: Segment, text: string, values: Record<string, string>): boolean {
  const [only] = segment.parameters;
  if (text === "" && only !== undefined && (only.optional || only.catchAll)) {
    if (only.fallback !== undefined) {
      values[only.name] = only.fallback;
    }
    return true;
  }
  const match = segment.pattern.exec(text);
  if (match === null) {
    return false;
  }
  return segment.parameters.every((parameter, position) => {
    const value = match[position + 1] ?? "";
    values[parameter.name] = value;
    return parameter.checks.every((check) => check(value));
  });
}

// Braces may hold slashes and, doubled, braces (`{id:regex(^a{{2}}$)}`), so the text is walked, not split.
function splitTemplate(template: string): string[] {
  const segments = [""];
  let depth = 0;
  for (const char of template.replace(/^\/+|\/+$/g, "")) {
    depth += char === "{" ? 1 : char === "}" ? -1 : 0;
    if (char === "/" && depth === 0) {
      segments.push("");
    } else {
      segments[segments.length - 1] += char;
    }
  }
  if (depth !== 0) {
    throw new Error(`The route template '${template}' has unbalanced braces`);
  }
  return segments.filter((segment) => segment !== "");
}

function parseSegment(text: string): Segment {
  const parameters: Parameter[] = [];
  let pattern = "";
  let read = 0;
  for (const [whole, literal, parameter] of text.matchAll(/([^{}]+)|\{((?:[^{}]|\{\{|\}\})+)\}/g)) {
    read += whole.length;
    if (literal !== undefined) {
      pattern += literal.replace(/[\\^$.*+?()[\]|-]/g, "\\$&");
    } else if (parameter !== undefined) {
      const parsed = parseParameter(parameter.replaceAll("{{", "{").replaceAll("}}", "}"));
      parameters.push(parsed);
      pattern += parsed.catchAll ? "(.*)" : "(.+)";
    }
  }
  if (read < text.length) {
    throw new Error(`The route segment '${text}' is not valid`);
  }
  return { pattern: new RegExp(`^${pattern}$`, "is"), parameters };
}

function parseParameter(text: string): Parameter {
  const match = /^(\*{0,2})([^:=?*]+)((?::[^(:=?]+(?:\(.*?\)(?=[:=?]|$))?)*)(\?)?(?:=(.*))?$/s.exec(
    text,
  );
  const [, stars, name, constraints, mark, fallback] = match ?? [];
  if (name === undefined) {
    throw new Error(`The route parameter '{${text}}' is not valid`);
  }
  return {
    name,
    catchAll: stars !== "",
    optional: mark === "?" || fallback !== undefined,
    fallback,
    checks: splitConstraints(constraints ?? "").map(parseConstraint),
  };
}

function splitConstraints(text: string): string[] {
  return [...text.matchAll(/:([^(:]+(?:\(.*?\)(?=:|$))?)/gs)].map(
    ([, constraint = ""]) => constraint,
  );
}

function decodeSegment(segment: string): string {
  try {
    // An encoded slash stays encoded, as in ASP.NET, so that it can never add a segment.
    return decodeURIComponent(segment.replace(/%2f/gi, "%252F"));
  } catch {
    return segment;
  }
}
