// The app settings: all that the gateway reads are set or left out on purpose, nothing else is set, and the gateway's own
// parser takes them. Bicep does not know their names, so a misspelt one would deploy and be ignored.

import { parseSettings } from "../../../shared/config/settings.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { type Assertion, inEachVariant } from "../assertion.ts";
import { type Infrastructure, ofType, type Resource } from "../infrastructure.ts";
import { LEFT_OUT_SETTINGS } from "../left-out-settings.ts";
import { referenceOf } from "./own-resources.ts";

type Values = Readonly<Record<string, string>>;

function settingsOf(resources: readonly Resource[]): Values {
  const config = ofType(resources, "Microsoft.Web/sites/config").find(({ name }) =>
    name.endsWith("/appsettings"),
  );
  return Object(config?.properties ?? {});
}

function allSet({ variants }: Infrastructure): string[] {
  return Object.values(variants).flatMap((resources) => Object.keys(settingsOf(resources)));
}

/** What the platform would put in the place of an expression that is known only then. */
const RESOLVED: readonly (readonly [RegExp, string])[] = [
  [/\.clientId\b/, "66666666-6666-4666-8666-666666666666"],
  [/\.vaultUri\b/, "https://kv-abcdefghijklm.vault.azure.net/"],
  [/\.defaultHostName\b/, "https://func-demo-abcdefghijklm.azurewebsites.net"],
];
const resolve = (value: string): string =>
  value.startsWith("[") ? (RESOLVED.find(([form]) => form.test(value))?.[1] ?? value) : value;

function parserFaults(values: Values): string[] {
  const resolved = Object.entries(values).map(([name, value]) => [name, resolve(String(value))]);
  const inAzure = { WEBSITE_POD_NAME: "pod", IDENTITY_ENDPOINT: "http://localhost/msi/token" };
  try {
    parseSettings({ ...Object.fromEntries(resolved), ...inAzure });
    return [];
  } catch (error) {
    return [error instanceof AppError ? error.failure.detail : String(error)];
  }
}

export const settings: readonly Assertion[] = [
  {
    id: "infra.settings-complete",
    faultsOf: (infrastructure, facts) => {
      const set = new Set(allSet(infrastructure));
      const isLeftOut = (name: string) => Object.hasOwn(LEFT_OUT_SETTINGS, name);
      return [
        ...facts.settings.flatMap((name) =>
          set.has(name) || isLeftOut(name) ? [] : [`${name} is neither set nor left out`],
        ),
        ...[...set].flatMap((name) => (isLeftOut(name) ? [`${name} is set and left out`] : [])),
        ...[...set].flatMap((name) =>
          facts.settings.includes(name) ? [] : [`nobody reads ${name}`],
        ),
      ];
    },
  },
  {
    id: "infra.settings-valid",
    faultsOf: inEachVariant((resources) => parserFaults(settingsOf(resources))),
  },
  {
    id: "infra.base-url",
    faultsOf: inEachVariant((resources) => {
      const given = String(settingsOf(resources).PUBLIC_BASE_URL);
      const [site] = ofType(resources, "Microsoft.Web/sites");
      const ownHost = `[format('https://{0}', ${referenceOf(site, "defaultHostName")})]`;
      const isFixed = /^https:\/\/[^[\]]+$/.test(given);
      return isFixed || given === ownHost ? [] : [`PUBLIC_BASE_URL is ${given}`];
    }),
  },
];
