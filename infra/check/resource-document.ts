// docs/azure-resources.md: every resource with type, name, purpose and what makes its price, from the compiled template.
// Pure; `npm run infra:check -- --write` writes it.

import { at, type Infrastructure, ownName, type Resource } from "./infrastructure.ts";
import { NEEDED_ROLES } from "./needed-roles.ts";
import { catalogueEntry } from "./resource-catalogue.ts";

export const DOCUMENT = "docs/azure-resources.md";
/** The variants' `nameToken`. */
const TOKEN = /abcdefghijklm/g;
export function renderDocument({ variants }: Infrastructure): string {
  const { standard: always = [], everything = [] } = variants;
  const standard = new Set(always.map(({ id }) => id));
  const optional = everything.filter(({ id }) => !standard.has(id));
  return `# Azure resources

Written by \`npm run infra:check -- --write\` from the compiled template of \`infra/main.bicep\`; CI compares it. Names are those of an environment
\`demo\`; \`…\` stands for the characters that make a name unique. Prices are Azure's and change, so only what they depend on is here.

## Always

${table(always)}

## Only when asked for

With a private network (\`privateNetwork\`), a mail address for alerts (\`alertEmail\`), somebody who writes secrets (\`secretsOfficer\`) or a pipeline that
deploys (\`deployerObjectId\`).

${table(optional)}
`;
}

function table(resources: readonly Resource[]): string {
  const rows = resources.map((resource) => {
    const { purpose = "", cost = "" } = catalogueEntry(resource.type) ?? {};
    const { name, own } = shown(resource);
    return `| ${resource.type} | ${name} | ${own ?? purpose} | ${cost} |`;
  });
  const head = ["| type | name | purpose | monthly cost depends on |", "| --- | --- | --- | --- |"];
  return [...head, ...rows.sort()].join("\n");
}

/** A grant is told by its role and what it opens; an alert by its headline. */
function shown(resource: Resource): { readonly name: string; readonly own?: string } {
  const title = at(resource, "properties.displayName");
  const opened = /\/providers\/([^/]+\/[^/]+)\/([^/]+)\/providers\/Microsoft\.Authorization\//.exec(
    resource.id,
  );
  if (opened === null) {
    const isAlert = resource.type.endsWith("/scheduledQueryRules");
    const name = `\`${fullName(resource).replace(TOKEN, "…")}\``;
    return isAlert ? { name, own: `an alert. ${String(title)}` } : { name };
  }
  const [, type = "", name = ""] = opened;
  const id = String(at(resource, "properties.roleDefinitionId")).split("/").at(-1) ?? "";
  const role = NEEDED_ROLES[type]?.[id];
  return { name: `${role?.name} on \`${name.replace(TOKEN, "…")}\``, own: role?.purpose ?? "" };
}

/** Children in the network are told apart by their parents alone. A zone's suffix depends on the cloud, so its name is a formula. */
function fullName(resource: Resource): string {
  const { type, name } = resource;
  const zone = /'(privatelink\.[a-z]+\.)/.exec(name)?.[1];
  const child = /, '([\w-]+)'\)\]$/.exec(name)?.[1];
  if (zone !== undefined) return child === undefined ? `${zone}…` : `${zone}…/${child}`;
  return type.startsWith("Microsoft.Network/") ? name : ownName(resource);
}
