// What this project promises about the documents that are made from the contracts, as ids that tests cite (see all.ts).

export const documents = {
  "documents.openapi-complete":
    "Issue 6, part 1: every registered route is an operation of docs/openapi.json with texts, parameters, success bodies and all problem codes, and nothing else is.",
  "documents.openapi-examples":
    "Issue 6, part 1: every example in docs/openapi.json fits the schema it stands beside.",
  "documents.connector-certifiable":
    "Issue 6, part 3: the connector keeps the rules of certification, offers an action that is always a 200 and one for flows, and leads every path of its own to a route.",
  "documents.connector-works":
    "Issue 6, part 3: every action of the connector, called as the definition and its policies say, is answered by the schema of that action.",
  "documents.connector-filled":
    "Issue 6, part 3: `npm run connector` fills in address, tenant and applications, and refuses what is none.",
  "documents.in-sync":
    "Issue 6, part 1: every generated document is committed as the code makes it.",
} as const;
