// The inline constraints of ASP.NET route templates (`{id:guid}`, `{page:range(1,9)}`): name and arguments to a
// check on the text of one route value.

type Check = (value: string) => boolean;

const guid = /^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

const checks: Readonly<Record<string, (args: readonly string[]) => Check>> = {
  int: () => (value) => isWithin(value, -(2 ** 31), 2 ** 31 - 1),
  long: () => (value) => /^[+-]?\d{1,19}$/.test(value),
  bool: () => (value) => /^(?:true|false)$/i.test(value),
  guid: () => (value) => guid.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  required: () => (value) => value !== "",
  min:
    ([least]) =>
    (value) =>
      isWithin(value, Number(least), Number.POSITIVE_INFINITY),
  max:
    ([most]) =>
    (value) =>
      isWithin(value, Number.NEGATIVE_INFINITY, Number(most)),
  range:
    ([least, most]) =>
    (value) =>
      isWithin(value, Number(least), Number(most)),
  minlength:
    ([least]) =>
    (value) =>
      value.length >= Number(least),
  maxlength:
    ([most]) =>
    (value) =>
      value.length <= Number(most),
  length:
    ([least, most = least]) =>
    (value) =>
      value.length >= Number(least) && value.length <= Number(most),
  regex: (args) => {
    const expression = new RegExp(args.join(","), "i");
    return (value) => expression.test(value);
  },
};

/** Throws for a constraint the host does not know: the function is then in error. */
export function parseConstraint(text: string): Check {
  const match = /^([a-z]+)(?:\((.*)\))?$/is.exec(text.trim());
  const [, name = "", args] = match ?? [];
  const create = checks[name.toLowerCase()];
  if (create === undefined) {
    throw new Error(`The inline constraint '${text}' is not known`);
  }
  return create(args === undefined ? [] : args.split(","));
}

function isWithin(value: string, least: number, most: number): boolean {
  return /^[+-]?\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}
