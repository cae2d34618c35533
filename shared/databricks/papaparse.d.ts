// The part of Papa Parse that csv-rows.ts uses. The package brings no types, and those of DefinitelyTyped need the
// browser's, which this project does not have.

declare module "papaparse/papaparse.js" {
  export function parse(
    text: string,
    config: { readonly delimiter: string; readonly newline: "\n" | "\r\n" },
  ): { readonly data: string[][]; readonly errors: readonly unknown[] };

  const papa: { readonly parse: typeof parse };
  // biome-ignore lint/style/noDefaultExport: a CommonJS package has nothing but its default
  export default papa;
}
