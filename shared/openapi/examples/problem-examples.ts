// One problem of each code, for the document. What the fields besides the title hold in a real answer is in
// error-guide/; here each field is shown at least once.

import type { Problem } from "../../contracts/problem.ts";
import { ERROR_CATALOGUE, type ErrorCode } from "../../errors/error-catalogue.ts";
import { PLACEHOLDER_BASE } from "../placeholders.ts";

const CONVERSATION = "/genie/conversation/01f0a1b2c3d4e5f60718293a4b5c6d7e";
const MESSAGE = `${CONVERSATION}/messages/01f0a1b2c3e5f60718293a4b5c6d7e8f`;
const ROWS = `${MESSAGE}/results/01f0a1b2c3f60718293a4b5c6d7e8f90`;
const OPERATION = "/genie/operations/f3Qm1y0Zt8rJ2cVbK5nXwA";

/** What is more exact than the title. */
const MORE: Partial<Record<ErrorCode, Partial<Problem>>> = {
  invalid_request: {
    detail: "Some fields or parameters are not valid; see errors.",
    errors: [
      { pointer: "/query", detail: "must not be empty or blank" },
      { parameter: "max_rows", detail: "must be a whole number from 0 to 5000" },
    ],
  },
  consent_required: {
    detail: "Nobody has consented that this gateway uses Azure Databricks as the user.",
    remedy:
      'An Entra admin grants consent to the delegated permission "AzureDatabricks user_impersonation".',
  },
  genie_space_forbidden: {
    detail: "The caller may not use this Genie space, or the space is gone.",
    remedy: "A manager of the Genie space grants CAN RUN on it.",
  },
  warehouse_forbidden: {
    detail: "The caller may not use the SQL warehouse of this Genie space.",
    remedy: "A manager of the SQL warehouse grants CAN USE on it.",
  },
  data_forbidden: {
    detail: "The caller may not read the data that this question needs.",
    remedy:
      "An owner of the data grants USE CATALOG, USE SCHEMA and SELECT for each table of the Genie space.",
  },
  workspace_access_missing: {
    detail: "The caller has no access to the Databricks workspace.",
    remedy: "An account admin assigns the user or service principal to the workspace.",
  },
  result_expired: {
    detail: "Databricks no longer holds these rows.",
    remedy: "Run the SQL again with a POST to `links.rerun`, then read the rows again.",
    instance: ROWS,
    links: { rerun: `${PLACEHOLDER_BASE}${ROWS}/rerun` },
  },
  deadline_exceeded: {
    detail: "Genie did not answer in time.",
    remedy: "Genie may still finish: read the message behind `links.message` later.",
    instance: `${OPERATION}/result`,
    links: { message: `${PLACEHOLDER_BASE}${MESSAGE}` },
  },
  operation_not_found: { instance: OPERATION },
  operation_cancelled: { instance: `${OPERATION}/result` },
  conversation_not_found: { instance: CONVERSATION },
  message_not_found: { instance: MESSAGE },
  attachment_not_found: { instance: ROWS },
};

export function problemExample(code: ErrorCode): Problem {
  const { status, title } = ERROR_CATALOGUE[code];
  return {
    type: `${PLACEHOLDER_BASE}/docs/errors#${code}`,
    title,
    status,
    detail: `${title}.`,
    instance: "/genie/query-obo",
    code,
    request_id: "8f14e45f-ceea-467f-a5d6-3d4b2a1c9e70",
    ...MORE[code],
  };
}
