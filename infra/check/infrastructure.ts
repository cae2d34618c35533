// What the assertions look at: the compiled template, and for each variant the list of resources that the compiler
// predicts from it (loops and conditions resolved, modules inlined). It reads JSON; it deploys nothing.

import { readFile } from "node:fs/promises";
import path from "node:path";

export const INFRA = path.resolve(import.meta.dirname, "..");
/** Kept as golden files, which a review reads. */
export const GOLDEN_VARIANTS = ["standard", "everything"] as const;
/** The others are for what goes wrong only in their combination of options. */
export const VARIANTS = [...GOLDEN_VARIANTS, "closed", "large"] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Resource {
  readonly id: string;
  readonly type: string;
  /** With the names of its parents in front, `/` between them. */
  readonly name: string;
  readonly [member: string]: unknown;
}

export interface Infrastructure {
  /** ARM JSON, as `bicep build` writes it. */
  readonly template: object;
  /** Those that were looked at: `npm test` has the golden ones alone. */
  readonly variants: Readonly<Partial<Record<Variant, readonly Resource[]>>>;
}

/** The committed golden files; the compiler is not needed. */
export async function readGolden(folder = path.join(INFRA, "golden")): Promise<Infrastructure> {
  const read = async (name: string) =>
    JSON.parse(await readFile(path.join(folder, `${name}.json`), "utf8"));
  const [template, standard, everything] = await Promise.all(
    ["main", ...GOLDEN_VARIANTS].map(read),
  );
  return { template, variants: { standard, everything } };
}

export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());

/** The part of `value` at `a.b.c`, undefined where there is none. */
export function at(value: unknown, route: string): unknown {
  return route
    .split(".")
    .reduce<unknown>(
      (part, name) =>
        typeof part === "object" && part !== null ? Reflect.get(part, name) : undefined,
      value,
    );
}

/** Its last name, as `genie-poll` of `account/default/genie-poll`. */
export const ownName = ({ name }: Resource): string => name.split("/").at(-1) ?? "";
