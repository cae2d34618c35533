// What this project promises about its infrastructure as code, as ids that tests and `npm run infra:check` cite (see all.ts).

export const infra = {
  "infra.no-shared-key":
    "Issue 7, part 4: storage refuses shared keys, and no function of the template lists a key.",
  "infra.no-public-blob":
    "Issue 7, part 4: no storage account and no container can be read without signing in.",
  "infra.tls": "Issue 7, part 4: storage and app take https alone, TLS 1.2 or newer.",
  "infra.no-publishing-passwords":
    "Issue 7, part 1: FTP and the deployment site take no user name and password.",
  "infra.no-local-auth":
    "Issue 7, part 1: telemetry and logs are taken with Entra tokens alone, without a key.",
  "infra.vault":
    "Issue 7, part 1: the vault is opened by roles, cannot be purged, and logs who reads what.",
  "infra.no-secret-in-outputs":
    "Issue 7, part 4: no output shows a secret, and no parameter takes one.",
  "infra.no-secret-in-settings":
    "Issue 7, part 4: no app setting and no resource of the template holds a secret.",
  "infra.roles-one-resource":
    "Issue 7, part 4: every role assignment opens one resource, to a principal whose kind is named.",
  "infra.roles-needed":
    "Issue 7, part 1: no role is broader than needed, and the app has none that is for people.",
  "infra.roles-holders":
    "Issue 7, part 1: each role goes to the app's own identity or to whoever is declared; nobody else gets one.",
  "infra.roles-complete": "Issue 7, part 1: the app has every role that it cannot work without.",
  "infra.settings-complete":
    "Issue 7, part 4: each setting of the gateway is set or left out for a reason, and no other is set.",
  "infra.settings-valid":
    "Issue 7, part 4: the gateway's own parser takes the settings as deployed.",
  "infra.base-url": "Issue 7, part 1: `PUBLIC_BASE_URL` is set.",
  "infra.queues":
    "Issue 7, part 4: the queues, with their poison queues, are those that the code's functions listen to.",
  "infra.tables": "Issue 7, part 4: the tables are those of the code.",
  "infra.unique-ids":
    "Issue 7, part 4: no two resources have one id, which the compiler does not see.",
  "infra.poller-ready":
    "Issue 7, part 4: an instance is always ready for the poller, under the name of its function.",
  "infra.http-concurrency":
    "Issue 7, part 1: how many requests an instance takes is set, and fits its memory by the bench.",
  "infra.flex-runtime":
    "Issue 7, part 1: Flex Consumption, Node 24, and no site setting that region stamps refuse.",
  "infra.own-identity":
    "Issue 7, part 1: the app runs and reads its package with the identity that is made for it.",
  "infra.private-network":
    "Issue 7, part 1: one parameter closes storage and vault to the internet and gives the app a way to both.",
  "infra.heartbeat":
    "Issue 7, part 1: the sweeper says each minute that it did its work, whatever there was to do, so that silence can be an alert.",
  "infra.alerts":
    "Issue 7, part 1: a gateway that says nothing, a used-up log quota, metrics that do not arrive, poison messages, expiring secrets, questions that are not taken, failed operations and a long budget queue are told.",
  "infra.alert-limits":
    "Issue 7, part 1: alerts fire at limits within reason, in time, and are not muted.",
  "infra.alerts-told": "Issue 7, part 1: each alert tells whoever is named.",
  "infra.alert-names":
    "Issue 7, part 1: alerts and workbook read only events and metrics whose names the code has.",
  "infra.alert-queries":
    "Issue 7, part 1: each alert asks what its file in infra/queries asks, word for word.",
  "infra.alert-lines": "Issue 7, part 1: alerts find the lines that the gateway's logger writes.",
  "infra.logs-kept":
    "Issue 7, part 1: logs and telemetry go whole into the one workspace that the alerts read.",
  "infra.own-resources":
    "Issue 7, part 1: storage, vault, tenant and telemetry of the settings are those of the deployment.",
  "infra.explained":
    "Issue 7, it must show: each kind of resource is listed with its purpose and what its price depends on.",
  "infra.document-in-sync":
    "Issue 7, it must show: docs/azure-resources.md is what the compiled template says.",
  "infra.workflow":
    "Issue 7, part 3: the workflow signs in by OIDC, stores no secret, pins its actions, tests before it deploys and calls /health/ready.",
  "infra.workflow-waits":
    "Issue 7, part 3: a deployment counts as done when the very commit that was packed says that it is ready, and waits no longer than it is told.",
  "infra.build-version":
    "Issue 7, part 3: the version names the commit that the build was given, and the same commit makes the same bytes.",
  "infra.azd": "Issue 7, part 3: `azd` deploys the packed folder as it is.",
  "infra.azd-hooks":
    "Issue 7, part 3: azd says what is missing before it makes anything, and then calls the registration script with what was made.",
  "infra.outputs":
    "Issue 7, part 3: whatever the guides need to know of a deployment is one of its outputs.",
  "infra.parameters-documented":
    "Issue 7: every variable that the parameters are read from stands in infra/README.md, and no other.",
  "infra.package":
    "Issue 7, part 3: the archive holds the packed app byte for byte, and the same app makes the same archive.",
} as const;
