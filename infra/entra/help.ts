// The help text of `npm run setup:entra`. It decides nothing.

export const HELP = `Registers the gateway in Entra and puts its secrets into the vault, with Azure CLI and the rights of who is signed in.
It can be run any number of times: it reads first and changes only what differs.

  npm run setup:entra -- --dry-run                                          what it would call, without a sign-in
  npm run setup:entra -- --tenant-id ID --allow-cli                         before the deployment: gives CLIENT_ID
  npm run setup:entra -- --tenant-id ID --allow-cli --base-url URL --vault NAME      after it: the rest

Options
  --tenant-id GUID              the tenant; another one signed in is refused (needed)
  --name NAME                   unique name of the application (default genie-gateway); one for each environment
  --client-id GUID              use this application instead of the one of that name
  --base-url URL                address of the gateway, with its path if it has one: registers the sign-in of its /docs page
  --vault NAME                  vault that gets the secrets
  --credential KIND             secret: a client secret in the vault
                                managed-identity: none, the gateway's identity vouches for the application
                                not given: none where the application already trusts that identity, else secret
  --identity-principal-id GUID  object id of that identity, with --credential managed-identity
  --secret-days N               how long a new client secret is good (1 to 730, default 180)
  --rotate WHAT                 replace client-secret, sealing-key or signing-secret (can be repeated; needs --vault)
  --remove-old-secrets          remove client secrets made by this script for this vault that it no longer has
  --allow-cli                   let Azure CLI get tokens for the gateway, so that a person can try with curl
  --allow-connector GUID        the same for this application, for single sign-on of the connector (can be repeated)
  --dry-run                     print each call in order; nothing is called
  --help                        print this

Exit codes
  0 done   1 failed; run it again when the reason is gone   2 wrong options   3 done, but for what only an admin may do
`;
