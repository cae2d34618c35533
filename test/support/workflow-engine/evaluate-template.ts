// Fills the templates of a workflow definition: a text that starts with `@` is an expression and keeps its type,
// `@{…}` inside a text is filled in as text, and `@@` is an at sign. Objects and lists are filled in depth.

import { type Expression, parseExpression } from "./parse-expression.ts";

/** What the functions of an expression mean where it stands. A missing one is an error. */
export type Functions = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** @throws Error for an unknown function, or a property of nothing that was not read with `?` */
export function evaluateTemplate(template: unknown, functions: Functions): unknown {
  if (typeof template === "string") return evaluateText(template, functions);
  if (Array.isArray(template)) return template.map((each) => evaluateTemplate(each, functions));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, evaluateTemplate(value, functions)]),
  );
}

function evaluateText(text: string, functions: Functions): unknown {
  if (text.startsWith("@@")) return text.slice(1);
  if (text.startsWith("@") && !text.startsWith("@{")) {
    return evaluate(parseExpression(text.slice(1)), functions);
  }
  return text.replace(/@\{([^}]*)\}/g, (_whole, source: string) => {
    const value = evaluate(parseExpression(source), functions);
    return typeof value === "string" ? value : JSON.stringify(value ?? "");
  });
}

function evaluate(expression: Expression, functions: Functions): unknown {
  switch (expression.kind) {
    case "text":
      return expression.value;
    case "call": {
      const called = functions[expression.name];
      if (called === undefined) throw new Error(`${expression.name}() is not available here`);
      return called(...expression.args.map((each) => evaluate(each, functions)));
    }
    case "property":
      return propertyOf(evaluate(expression.of, functions), expression);
  }
}

function propertyOf(value: unknown, { name, optional }: { name: string; optional: boolean }) {
  const found =
    typeof value === "object" && value !== null && Object.hasOwn(value, name)
      ? Object.entries(value).find(([key]) => key === name)
      : undefined;
  if (found === undefined && !optional) throw new Error(`There is no property ${name}`);
  return found?.[1] ?? null;
}
