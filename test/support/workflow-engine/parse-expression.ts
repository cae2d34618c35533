// The part of the workflow language that the guides use, read into a tree: function calls, texts in single quotes,
// and properties behind `['name']` or `?['name']`. Anything else is an error, so that a guide cannot lean on it.

export type Expression =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: "property";
      readonly of: Expression;
      readonly name: string;
      /** `?[…]`: null when what it is read of is null. */
      readonly optional: boolean;
    };

const TOKEN = /\s*('(?:[^']|'')*'|[A-Za-z]\w*|\?\[|[[\](),])/y;

/** @throws Error for anything that the guides do not need */
export function parseExpression(source: string): Expression {
  const tokens = tokensOf(source);
  const expression = readExpression(tokens);
  if (tokens.length > 0) throw new Error(`Unread rest in the expression ${source}`);
  return expression;
}

function tokensOf(source: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < source.trimEnd().length; end = TOKEN.lastIndex) {
    const [, token] = TOKEN.exec(source) ?? [];
    if (token === undefined) throw new Error(`The engine cannot read ${source} at ${end}`);
    tokens.push(token);
  }
  return tokens;
}

function readExpression(tokens: string[]): Expression {
  let expression = readPrimary(tokens);
  while (tokens[0] === "[" || tokens[0] === "?[") {
    const optional = tokens.shift() === "?[";
    expression = { kind: "property", of: expression, name: textOf(tokens.shift()), optional };
    expect(tokens, "]");
  }
  return expression;
}

function readPrimary(tokens: string[]): Expression {
  const token = tokens.shift() ?? "";
  if (token.startsWith("'")) return { kind: "text", value: textOf(token) };
  if (!/^\w/.test(token)) throw new Error(`An expression cannot start with ${token}`);
  expect(tokens, "(");
  const args: Expression[] = [];
  while (tokens[0] !== ")") {
    args.push(readExpression(tokens));
    if (tokens[0] !== ")") expect(tokens, ",");
  }
  expect(tokens, ")");
  return { kind: "call", name: token, args };
}

function textOf(token = ""): string {
  if (!/^'.*'$/s.test(token)) throw new Error(`A text in quotes must stand where ${token} stands`);
  return token.slice(1, -1).replaceAll("''", "'");
}

function expect(tokens: string[], wanted: string): void {
  const token = tokens.shift();
  if (token !== wanted) throw new Error(`${wanted} is missing before ${token ?? "the end"}`);
}
