// What is wrong with a static page of ours: tags that do not match, ids that are no id, links into nowhere, and
// whatever a strict Content-Security-Policy would block. It knows the few tags that our pages use, no others.

const KNOWN_TAGS =
  "html head title body header nav main section article h1 h2 h3 h4 p a code pre strong ul ol li dl dt dd";
const VOID = new Set(["meta", "link"]);
const KNOWN = new Set([...KNOWN_TAGS.split(" "), ...VOID]);
const ATTRIBUTES = /^( (?:lang|charset|name|content|rel|href|id|aria-labelledby)="[^"<>]*")*$/;

/** One line for each fault; empty when all is well. */
export function htmlFaults(page: string): string[] {
  return [...tagFaults(page), ...anchorFaults(page)];
}

/** Every `id` of the page, in order. */
export const idsOf = (page: string): string[] =>
  [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);

function tagFaults(page: string): string[] {
  const open: string[] = [];
  const tags = [...page.matchAll(/<(\/?)([^\s<>]*)([^<>]*)>?/g)].filter(
    ([whole]) => whole !== "<!doctype html>",
  );
  const faults = tags.flatMap(([whole, slash, name = "", attributes = ""]) => {
    if (!(whole.endsWith(">") && KNOWN.has(name))) return [`unknown tag ${whole}`];
    if (slash) return open.pop() === name ? [] : [`${whole} closes another tag`];
    if (!VOID.has(name)) open.push(name);
    return ATTRIBUTES.test(attributes) ? [] : [`attributes of ${whole}`];
  });
  return [...faults, ...open.map((name) => `<${name}> is never closed`)];
}

function anchorFaults(page: string): string[] {
  const ids = idsOf(page);
  const named = [...page.matchAll(/ aria-labelledby="([^"]*)"/g)].map(([, id = ""]) => id);
  const linked = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id = ""]) => id);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${id} twice`),
    ...[...named, ...linked].filter((id) => !ids.includes(id)).map((id) => `no id ${id}`),
  ];
}
