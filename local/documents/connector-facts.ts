// What differs between the connectors of two gateways, checked, and put in place of the placeholders. Pure.

export interface GatewayFacts {
  /** Host name of the gateway, without a scheme. */
  readonly host: string;
  readonly tenantId: string;
  /** Application of the gateway: the audience of the connector's tokens. */
  readonly gatewayClientId: string;
  /** Application of the connector itself: who signs users in. */
  readonly connectorClientId: string;
}

type Given = Readonly<
  Partial<Record<"host" | `${"tenant" | "gateway-client" | "connector-client"}-id`, string>>
>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** @throws Error that names every option that is missing or wrong */
export function readGatewayFacts(given: Given): GatewayFacts {
  const guids = ["tenant-id", "gateway-client-id", "connector-client-id"] as const;
  const faults = [
    ...(HOST.test(given.host ?? "")
      ? []
      : ["--host: the gateway's host name, as my-gateway.azurewebsites.net"]),
    ...guids.filter((name) => !GUID.test(given[name] ?? "")).map((name) => `--${name}: a GUID`),
  ];
  if (faults.length === 0 && given["gateway-client-id"] === given["connector-client-id"]) {
    // On behalf of needs two: one that signs users in, one that the token is for.
    faults.push("--connector-client-id: another application than the gateway's");
  }
  if (faults.length > 0) throw new Error(`Missing or wrong:\n  ${faults.join("\n  ")}`);
  return {
    host: given.host ?? "",
    tenantId: given["tenant-id"] ?? "",
    gatewayClientId: given["gateway-client-id"] ?? "",
    connectorClientId: given["connector-client-id"] ?? "",
  };
}

interface Definition {
  readonly host: string;
}

export function fillDefinition<T extends Definition>(definition: T, { host }: GatewayFacts): T {
  return JSON.parse(JSON.stringify(definition).replaceAll(definition.host, host));
}

interface Properties {
  readonly properties: {
    readonly connectionParameters: {
      readonly token: {
        readonly oAuthSettings: {
          readonly properties: object;
          readonly customParameters: object;
        };
      };
    };
  };
}

export function fillApiProperties<T extends Properties>(file: T, facts: GatewayFacts): Properties {
  const { properties } = file;
  const { token } = properties.connectionParameters;
  const settings = token.oAuthSettings;
  const resource = `api://${facts.gatewayClientId}`;
  const filled = {
    ...settings,
    clientId: facts.connectorClientId,
    properties: { ...settings.properties, AzureActiveDirectoryResourceId: resource },
    customParameters: {
      ...settings.customParameters,
      tenantId: { value: facts.tenantId },
      resourceUri: { value: resource },
    },
  };
  const connectionParameters = {
    ...properties.connectionParameters,
    token: { ...token, oAuthSettings: filled },
  };
  return { ...file, properties: { ...properties, connectionParameters } };
}
