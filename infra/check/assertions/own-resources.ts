// Settings that name a resource name the one that is deployed with the app. A stranger's would get the gateway's records, its tokens
// or its telemetry, and every parser would take it.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { at, ofType, type Resource } from "../infrastructure.ts";

const first = (resources: readonly Resource[], type: string) => ofType(resources, type).at(0);

/** What Azure will say of this resource, in the words of the template. */
export const referenceOf = (resource: Resource | undefined, member: string): string =>
  `reference('${resource?.id}', '${String(resource?.apiVersion)}').${member}`;

export const ownResources: readonly Assertion[] = [
  {
    id: "infra.own-resources",
    faultsOf: inEachVariant((resources) => {
      const vault = first(resources, "Microsoft.KeyVault/vaults");
      const insights = first(resources, "Microsoft.Insights/components");
      const expected = {
        TENANT_ID: at(vault, "properties.tenantId"),
        KEY_VAULT_URL: `[${referenceOf(vault, "vaultUri")}]`,
        AzureWebJobsStorage__accountName: first(resources, "Microsoft.Storage/storageAccounts")
          ?.name,
        APPLICATIONINSIGHTS_CONNECTION_STRING: `[${referenceOf(insights, "ConnectionString")}]`,
      };
      const config = first(resources, "Microsoft.Web/sites/config");
      return Object.entries(expected).flatMap(([name, value]) => {
        const given = at(config, `properties.${name}`);
        return given === value && value !== undefined ? [] : [`${name} is ${String(given)}`];
      });
    }),
  },
];
