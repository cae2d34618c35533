// What this project promises about the document of its API, as ids that tests cite (see all.ts).

export const contract = {
  "contract.documented-responses":
    "Issue 6, part 4: every answer of the gateway in the whole test run fits the OpenAPI document: operation, status, media type, headers, body.",
  "contract.operation-coverage":
    "Issue 6, part 4: every documented operation is seen with a success in the test run; the share is printed.",
  "contract.generated-requests":
    "Issue 6, part 4: at least 5,000 requests made from the schemas give no 5xx and only documented answers; what the schemas call good is not refused, a planted fault is named.",
} as const;
