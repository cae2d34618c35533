// Who gets in, and how: no shared keys, no passwords, no public blobs, nothing older than TLS 1.2. Types of Bicep catch
// none of these (their enums are open), so a misspelt or missing member would deploy.

import { type Assertion, bothOf, everyOne, inEachVariant } from "../assertion.ts";
import { at, ofType, ownName } from "../infrastructure.ts";

const STORAGE = "Microsoft.Storage/storageAccounts";
const SITE = "Microsoft.Web/sites";
/** `listKeys()` and its like put a key where it was not. */
const KEY_FUNCTION = /\blist(Keys|Secrets|ConnectionStrings|AccountSas|ServiceSas|Credentials)?\(/i;
const KEY_IN_TEXT = /AccountKey=|SharedAccessSignature=|SharedAccessKey=|[?&]sig=/i;

function oneOf(type: string, route: string, allowed: readonly string[]): Assertion["faultsOf"] {
  return inEachVariant((resources) =>
    ofType(resources, type).flatMap((resource) => {
      const given = String(at(resource, route));
      return allowed.includes(given) ? [] : [`${resource.name}: ${route} is ${given}`];
    }),
  );
}

export const access: readonly Assertion[] = [
  {
    id: "infra.no-shared-key",
    faultsOf: bothOf(
      everyOne(STORAGE, { "properties.allowSharedKeyAccess": false }),
      ({ template, variants }) => {
        const text = JSON.stringify([template, variants]);
        return [
          ...(KEY_FUNCTION.test(text) ? ["a function of the template lists keys"] : []),
          ...(KEY_IN_TEXT.test(text) ? ["there is a key in the template"] : []),
        ];
      },
    ),
  },
  {
    id: "infra.no-public-blob",
    faultsOf: bothOf(
      everyOne(STORAGE, { "properties.allowBlobPublicAccess": false }),
      everyOne(`${STORAGE}/blobServices/containers`, { "properties.publicAccess": "None" }),
    ),
  },
  {
    id: "infra.tls",
    faultsOf: bothOf(
      everyOne(STORAGE, { "properties.supportsHttpsTrafficOnly": true }),
      everyOne(SITE, { "properties.httpsOnly": true }),
      oneOf(STORAGE, "properties.minimumTlsVersion", ["TLS1_2", "TLS1_3"]),
      oneOf(SITE, "properties.siteConfig.minTlsVersion", ["1.2", "1.3"]),
    ),
  },
  {
    id: "infra.no-publishing-passwords",
    faultsOf: inEachVariant((resources) => {
      const policies = ofType(resources, `${SITE}/basicPublishingCredentialsPolicies`);
      return ["scm", "ftp"].flatMap((name) => {
        const policy = policies.find((each) => ownName(each) === name);
        return at(policy, "properties.allow") === false ? [] : [`${name} takes passwords`];
      });
    }),
  },
  {
    id: "infra.no-local-auth",
    faultsOf: bothOf(
      everyOne("Microsoft.Insights/components", { "properties.DisableLocalAuth": true }),
      everyOne("Microsoft.OperationalInsights/workspaces", {
        "properties.features.disableLocalAuth": true,
      }),
    ),
  },
  {
    id: "infra.vault",
    faultsOf: bothOf(
      everyOne("Microsoft.KeyVault/vaults", {
        "properties.enableRbacAuthorization": true,
        "properties.enablePurgeProtection": true,
        "properties.enableSoftDelete": true,
        "properties.softDeleteRetentionInDays": 90,
        "properties.accessPolicies": undefined,
      }),
      everyOne("Microsoft.Insights/diagnosticSettings", {
        "properties.logs": [{ category: "AuditEvent", enabled: true }],
      }),
      inEachVariant((resources) => {
        const [vault] = ofType(resources, "Microsoft.KeyVault/vaults");
        const [workspace] = ofType(resources, "Microsoft.OperationalInsights/workspaces");
        const audits = ofType(resources, "Microsoft.Insights/diagnosticSettings").filter(
          ({ id, properties }) =>
            id.startsWith(`${vault?.id}/`) && at(properties, "workspaceId") === workspace?.id,
        );
        return audits.length === 1 ? [] : ["nobody logs who reads the vault, or elsewhere"];
      }),
    ),
  },
];
