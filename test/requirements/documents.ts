// What this project promises about the documents that are made from the contracts, as ids that tests cite (see all.ts).

export const documents = {
  "documents.openapi-complete":
    "Issue 6, part 1: every registered route is an operation of docs/openapi.json with texts, parameters, success bodies and all problem codes, and nothing else is.",
  "documents.openapi-examples":
    "Issue 6, part 1: every example in docs/openapi.json fits the schema it stands beside.",
  "documents.in-sync":
    "Issue 6, part 1: every generated document is committed as the code makes it.",
} as const;
