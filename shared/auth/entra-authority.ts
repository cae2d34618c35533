// The addresses and issuers of one Entra tenant, built from AUTHORITY_HOST and TENANT_ID alone (design §3.1).
// Nothing is discovered over the network: what a discovery document says can never widen what is trusted.

export interface EntraAuthority {
  /** `{authorityHost}/{tenantId}`, without a trailing slash. */
  readonly url: string;
  /** host[:port] as msal's `knownAuthorities` wants it (the host without its port does not match). */
  readonly host: string;
  /** Lower case, as Entra writes it in `tid` and `iss`. */
  readonly tenantId: string;
  readonly issuerV1: string;
  readonly issuerV2: string;
  readonly keysUrl: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
}

/** @param authorityHost https origin, for example `https://login.microsoftonline.com` */
export function entraAuthority(authorityHost: string, tenantId: string): EntraAuthority {
  const tenant = tenantId.toLowerCase();
  const url = `${authorityHost.replace(/\/+$/, "")}/${tenant}`;
  return {
    url,
    host: new URL(authorityHost).host,
    tenantId: tenant,
    issuerV1: `https://sts.windows.net/${tenant}/`,
    issuerV2: `${url}/v2.0`,
    keysUrl: `${url}/discovery/v2.0/keys`,
    authorizeUrl: `${url}/oauth2/v2.0/authorize`,
    tokenUrl: `${url}/oauth2/v2.0/token`,
  };
}
