// The help text of `npm run setup:databricks`. It decides nothing.

export const HELP = `Gives the gateway what it needs in a Databricks workspace, with Databricks CLI and the rights of who is signed in.
It can be run any number of times: it reads first and changes only what differs. It takes nothing away.

  npm run setup:databricks -- --dry-run                                     what it would call, without a sign-in
  npm run setup:databricks -- --workspace-url URL --client-id ID --space-id ID --schema main.sales --group analysts

The service principal's grants serve questions as the app. In user mode each user needs the same grants: give them to a
group with --group.

Options
  --workspace-url URL    the workspace, as https://adb-1234567890123456.7.azuredatabricks.net (needed)
  --client-id GUID       CLIENT_ID of the gateway, as npm run setup:entra printed it (needed)
  --space-id ID          the Genie space: CAN RUN (needed, can be repeated)
  --warehouse-id ID      the SQL warehouse: CAN USE (default: that of each space; can be repeated)
  --schema CAT.SCHEMA    all tables of this schema: USE CATALOG, USE SCHEMA, SELECT (can be repeated)
  --table CAT.SCHEMA.T   this table or view alone: USE CATALOG, USE SCHEMA, SELECT (can be repeated)
  --group NAME           give the same to this group of users
  --name NAME            the service principal's name in the workspace (default genie-gateway)
  --profile NAME         profile of Databricks CLI to sign in with
  --dry-run              print each call in order; nothing is called
  --help                 print this

Exit codes
  0 done   1 failed; run it again when the reason is gone   2 wrong options   3 done, but for what only an admin may do
`;
