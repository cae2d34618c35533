// What this project promises about settings, as ids that tests cite (see all.ts).

export const settings = {
  "settings.all-faults":
    "Design §2: one readable error names all faulty settings and holds no value.",
  "settings.defaults": "Design §2: what is not set has the default of the table.",
  "settings.values":
    "Design §2: ids, URLs, numbers and lists are accepted only in their form and bounds.",
  "settings.spaces":
    "Design §2: GENIE__SPACES and GENIE__SPACE_ID are joined; at least one space, aliases in their form, default never twice.",
  "settings.plain-secrets":
    "Design §2: in Azure a plain secret is refused unless ALLOW_PLAIN_SECRET=true.",
  "settings.key-vault":
    "Design §2: KEY_VAULT_URL is required in Azure and for CLIENT_CREDENTIAL=key-vault; a loopback vault is an error in Azure.",
  "settings.sealing-key": "Design §2: the sealing key is required, the signing secret is not.",
  "settings.storage":
    "Design §2: storage is required, by connection string or by identity-based settings.",
  "settings.callback-hosts":
    "Design §2: callback hosts are host, .suffix, *.suffix or host:port, the last an error in Azure.",
  "settings.public-base-url":
    "Design §2: in Azure links start with https://WEBSITE_HOSTNAME, elsewhere with the request's origin, unless PUBLIC_BASE_URL is set.",
  "settings.app-endpoint-auth":
    "Design §2: query-app is anonymous only when APP_ENDPOINT_AUTH is unset or exactly entra.",
  "settings.in-azure":
    "Design §2: an app runs in Azure when WEBSITE_INSTANCE_ID, WEBSITE_POD_NAME or CONTAINER_NAME is set.",
} as const;
