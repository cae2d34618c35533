// Who the app is: the one identity that is made for it, in everything that names one. A second identity would bring rights that
// no grant here shows; a client id of another would make the app ask as somebody else, or not at all.

import { type Assertion, bothOf, brokenRules, inEachVariant, type Rule } from "../assertion.ts";
import { isOfIdentity, ownIdentity, referenceTo } from "../identity-reference.ts";
import { at, ofType, ownName, type Resource } from "../infrastructure.ts";

const STORAGE = "Microsoft.Storage/storageAccounts";
const PACKAGE = "properties.functionAppConfig.deployment.storage";

export const identity: readonly Assertion[] = [
  {
    id: "infra.own-identity",
    faultsOf: bothOf(
      inEachVariant((resources) =>
        ofType(resources, "Microsoft.Web/sites").flatMap((site) => siteFaults(site, resources)),
      ),
      inEachVariant((resources) =>
        ofType(resources, "Microsoft.Web/sites/config").flatMap(({ properties }) =>
          settingFaults(Object(properties), resources),
        ),
      ),
    ),
  },
];

function siteFaults(site: Resource, resources: readonly Resource[]): string[] {
  const own = ownIdentity(resources)?.id;
  const given = Object.keys(Object(at(site, "identity.userAssignedIdentities")));
  const storage = at(site, PACKAGE);
  const [container] = ofType(resources, `${STORAGE}/blobServices/containers`);
  return broken([
    ["no other kind of identity", at(site, "identity.type") === "UserAssigned"],
    ["the app's identity, alone", given.length === 1 && given[0] === own],
    [
      "the package is read with it",
      at(storage, "authentication.type") === "UserAssignedIdentity" &&
        at(storage, "authentication.userAssignedIdentityResourceId") === own,
    ],
    [
      "the package is in the container that was made for it",
      at(storage, "type") === "blobContainer" &&
        container !== undefined &&
        String(at(storage, "value")).includes(`'${ownName(container)}'`),
    ],
  ]);
}

function settingFaults(settings: Record<string, unknown>, resources: readonly Resource[]) {
  const isOwn = (name: string) => isOfIdentity(resources, settings[name], "clientId");
  const telemetry = `[format('ClientId={0};Authorization=AAD', ${referenceTo(resources, "clientId")})]`;
  return broken([
    ["AZURE_CLIENT_ID is the app's identity", isOwn("AZURE_CLIENT_ID")],
    ["storage is opened with it", isOwn("AzureWebJobsStorage__clientId")],
    ["telemetry is sent with it", settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING === telemetry],
  ]);
}

const broken = (rules: readonly Rule[]): string[] =>
  brokenRules(rules).map((rule) => `does not hold: ${rule}`);
