// What `npm start` prints: where everything is, who may be tried, and lines to copy that work as they stand.

import type { StandFiles } from "./stand-files.ts";
import type { Stand } from "./start-stand.ts";

const QUESTION = '{"query":"average delay by carrier"}';

export function welcomeText(stand: Stand, files: StandFiles): string {
  const { url, entra, keyVault, databricks } = stand;
  return `
Genie Gateway is ready:  ${url}${workersText(stand)}

Simulated on this machine (nothing leaves it):
  Entra            ${entra.url}
  Key Vault        ${keyVault.url}
  Databricks       ${databricks.url}   5 questions a minute, answers take 12 to 19 seconds
Real: the gateway as it would be deployed, Azurite, and the SQL that runs on public sample data.

Try it in a browser (sign-in picks a user; its certificate is this stand's own, so the window warns once):
  ${url}/docs          sign in and ask
  ${url}/redoc         every operation, to read
  ${url}/docs/errors   what to do about each failure

Ask as a user (analyst may see everything):
  ${curl(url, "query-obo", files.header("analyst"))}

Ask as the app:
  ${curl(url, "query-app", files.header("app"))}

See what a missing grant looks like (no space, no warehouse):
  ${curl(url, "query-obo", files.header("no-space"))}
  ${curl(url, "query-obo", files.header("no-warehouse"))}

Or from the terminal:
  npm run ask -- "average delay by carrier"
  npm run ask -- --as no-space "average delay by carrier"
  npm run ask -- --trace "average delay by carrier"     also what took how long

Under the real Functions host, while this runs:
  npm run build && cp ${files.settings} local.settings.json
  NODE_EXTRA_CA_CERTS=${files.certificate} func start --port 7072

Ctrl-C stops everything.
`;
}

/** Their own addresses: to stop one by hand and see that nothing is lost. */
function workersText({ workers }: Stand): string {
  if (workers.length === 1) return "";
  const urls = workers.map(({ host }) => host.url);
  return `\n  shared out among ${urls.length} workers: ${urls.join(" ")}`;
}

function curl(url: string, name: string, header: string): string {
  const json = "-H 'Content-Type: application/json'";
  return `curl -sS -H @${header} ${json} -d '${QUESTION}' ${url}/genie/${name}`;
}
