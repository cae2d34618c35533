// The roles that the deployment gives, by the kind of resource that each opens. No other is needed, and none broader.

interface NeededRole {
  /** Azure's own name. */
  readonly name: string;
  readonly purpose: string;
  /** Nobody else may have it: the app's own identity, who writes secrets, or the pipeline. */
  readonly holder: "app" | "officer" | "deployer";
}

/** Type of the opened resource → role definition ids, with what each is for. */
export const NEEDED_ROLES: Readonly<Record<string, Readonly<Record<string, NeededRole>>>> = {
  "Microsoft.Storage/storageAccounts": {
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": {
      name: "Storage Blob Data Owner",
      purpose: "the host's leases, the package",
      holder: "app",
    },
    "974c5e8b-45b9-4653-ba55-5f855dd0fb88": {
      name: "Storage Queue Data Contributor",
      purpose: "queue triggers, sending",
      holder: "app",
    },
    "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3": {
      name: "Storage Table Data Contributor",
      purpose: "the records",
      holder: "app",
    },
  },
  "Microsoft.KeyVault/vaults": {
    "4633458b-17de-408a-b874-0445c86b69e6": {
      name: "Key Vault Secrets User",
      purpose: "reading secrets",
      holder: "app",
    },
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": {
      name: "Key Vault Secrets Officer",
      purpose: "the person who writes them",
      holder: "officer",
    },
  },
  "Microsoft.Insights/components": {
    "3913510d-42f4-4e42-8a64-420c390055eb": {
      name: "Monitoring Metrics Publisher",
      purpose: "telemetry",
      holder: "app",
    },
  },
  "Microsoft.Web/sites": {
    "de139f84-1756-47ae-9be6-808fbbe84772": {
      name: "Website Contributor",
      purpose: "the pipeline that deploys code",
      holder: "deployer",
    },
  },
  "Microsoft.Web/serverfarms": {
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": {
      name: "Reader",
      purpose: "the same pipeline looks at the plan",
      holder: "deployer",
    },
  },
};
