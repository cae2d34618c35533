// Role assignments, outputs and settings: each assertion passes on what is committed, and is red for each planted fault.

import { globSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import {
  catches,
  codeFacts,
  found,
  type Loose,
  plantedInTemplate,
} from "../../support/infra-faults.ts";
import { verifies } from "../../support/verifies.ts";

const GRANT = "Microsoft.Authorization/roleAssignments";
const CONFIG = "Microsoft.Web/sites/config";
const KEY = Buffer.alloc(32, 1).toString("base64");

const withRole = (grant: { properties: { roleDefinitionId: string } }, role: string) => {
  grant.properties.roleDefinitionId = grant.properties.roleDefinitionId.replace(/[^/]+$/, role);
};

verifies("infra.roles-one-resource", "group-wide, a name of run time, no kind", async () => {
  await catches("infra.roles-one-resource", GRANT, {
    "resource group": (grant) => {
      grant.id = `/subscriptions/s/resourceGroups/rg/providers/${GRANT}/${grant.name}`;
    },
    subscription: (grant) => (grant.id = `/subscriptions/s/providers/${GRANT}/${grant.name}`),
    "run-time name": (grant) => (grant.name = "[guid(reference('x').principalId)]"),
    "no kind": (grant) => delete grant.properties.principalType,
  });
});

verifies("infra.roles-needed", "Owner, Contributor, a writer's role for the app", async () => {
  await catches("infra.roles-needed", GRANT, {
    Owner: (grant) => withRole(grant, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    "Storage Account Contributor": (grant) =>
      withRole(grant, "17d1049b-9a84-46fb-8f53-869881c3d3ab"),
    "no id": (grant) => withRole(grant, "Reader"),
  });
});

verifies("infra.roles-holders", "a stranger, another identity, the app as writer", async () => {
  const stranger = "99999999-9999-4999-8999-999999999999";
  await catches("infra.roles-holders", GRANT, {
    stranger: (grant) => (grant.properties.principalId = stranger),
    "another identity": (grant) => {
      grant.properties.principalId = grant.properties.principalId.replace("/id-demo", "/id-other");
    },
    "the app writes secrets": (grant) => {
      if (grant.id.includes("/vaults/")) withRole(grant, "b86a8fe4-44ce-4948-aee5-eccb2c155cd7");
    },
    "the officer reads what is the app's": (grant, resources) => {
      if (!grant.id.includes("/storageAccounts/")) return;
      resources.push(structuredClone(grant));
      grant.properties.principalId = "44444444-4444-4444-8444-444444444444";
    },
  });
});

verifies("infra.roles-complete", "a role that the app cannot work without", async () => {
  await catches("infra.roles-complete", GRANT, {
    "no tables": (grant, resources) => {
      if (grant.properties.roleDefinitionId.endsWith("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3")) {
        resources.splice(resources.indexOf(grant), 1);
      }
    },
  });
});

verifies("infra.no-secret-in-outputs", "by name, by type, by value, in a module", async () => {
  expect(await found("infra.no-secret-in-outputs")).toEqual([]);
  const text = { type: "string", value: "x" };
  const faults: ((template: Loose) => void)[] = [
    (template) => (template.outputs.CLIENT_SECRET = text),
    (template) => (template.outputs.connectionString = text),
    (template) => (template.outputs.X = { type: "securestring", value: "x" }),
    (template) => (template.outputs.X = { type: "string", value: KEY }),
    (template) => (template.parameters.x = { type: "securestring" }),
    (template) => {
      template.resources.storage.properties.template.outputs.primaryKey = text;
      template.resources.storage.properties.template.outputs.SAS = text;
    },
  ];
  for (const fault of faults) {
    const infrastructure = await plantedInTemplate(fault);
    expect(await found("infra.no-secret-in-outputs", infrastructure)).not.toEqual([]);
  }
});

verifies(
  "infra.no-secret-in-settings",
  "plain secrets, keys, tokens, a secret in Bicep",
  async () => {
    await catches("infra.no-secret-in-settings", CONFIG, {
      plain: ({ properties }) => (properties.CLIENT_SECRET = "x"),
      "under another name": ({ properties }) => (properties.GENIE__SPACE_ID = KEY),
      "signing secret": ({ properties }) => (properties.GENIE__SPACE_ID = `whsec_${KEY}`),
      "a key's name": ({ properties }) => (properties.SOME_KEY = "x"),
      "secret as resource": (config, resources) =>
        resources.push({ ...config, type: "Microsoft.KeyVault/vaults/secrets" }),
    });
  },
);

verifies("infra.settings-complete", "missing, misspelt, unwanted, forgotten", async () => {
  await catches("infra.settings-complete", CONFIG, {
    missing: ({ properties }) => delete properties.TENANT_ID,
    misspelt: ({ properties }) => (properties.GENIE__SPACEID = "x"),
    "connection string": ({ properties }) => (properties.AzureWebJobsStorage = ""),
    "refused on Flex": ({ properties }) => (properties.FUNCTIONS_WORKER_RUNTIME = "node"),
    "another place for telemetry": ({ properties }) =>
      (properties.OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector.example.com"),
    "no telemetry": ({ properties }) => delete properties.APPLICATIONINSIGHTS_CONNECTION_STRING,
  });
});

verifies(
  "infra.settings-complete",
  "every variable that the code reads is in the list",
  async () => {
    const files = globSync("shared/**/*.ts");
    const code = files.map((file) => readFileSync(file, "utf8")).join("\n");
    const read = [
      ...code.matchAll(/\benvironment\.([A-Z]\w+)|\{ ([A-Z]\w+)[^{}]*\} = environment\b/g),
    ];
    const names = new Set(read.map(([, member, destructured]) => String(member ?? destructured)));
    expect([...names]).toContain("OTEL_EXPORTER_OTLP_ENDPOINT");
    const { settings } = await codeFacts();
    expect([...names].filter((name) => !settings.includes(name))).toEqual([]);
  },
);

verifies("infra.settings-valid", "values that the gateway would refuse", async () => {
  await catches("infra.settings-valid", CONFIG, {
    "client id": ({ properties }) => (properties.CLIENT_ID = "genie"),
    workspace: ({ properties }) => (properties.GENIE__WORKSPACE_URL = "adb-1.azuredatabricks.net"),
    "no space": ({ properties }) => {
      delete properties.GENIE__SPACE_ID;
      delete properties.GENIE__SPACES;
    },
    credential: ({ properties }) => (properties.CLIENT_CREDENTIAL = "none"),
    "no host storage": ({ properties }) => delete properties.AzureWebJobsStorage__accountName,
  });
});

verifies("infra.base-url", "not set, http, another resource's host", async () => {
  await catches("infra.base-url", CONFIG, {
    missing: ({ properties }) => delete properties.PUBLIC_BASE_URL,
    http: ({ properties }) => (properties.PUBLIC_BASE_URL = "http://genie.example.com"),
    empty: ({ properties }) => (properties.PUBLIC_BASE_URL = ""),
  });
});
