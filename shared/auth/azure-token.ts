// A token for an Azure resource, from wherever the gateway's own identity is: the managed identity or the Azure CLI.
// Never logged, never stored.

export interface AzureToken {
  readonly token: string;
  /** Epoch ms. */
  readonly expiresOnTimestamp: number;
}
