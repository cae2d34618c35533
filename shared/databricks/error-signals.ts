// What the text of a Databricks error gives away: which right is missing, or whose fault it is. Databricks uses one
// error code for many reasons, so the text must be read (genie-api.md §1.8). Pure; the text itself goes nowhere.

export interface ErrorText {
  /** HTTP status; undefined for an error inside a 200 reply (a failed message or statement). */
  readonly status?: number;
  readonly message: string;
}

/** A refused token is 403 as often as 401, and 400 with a page of the JWT library when it has expired. */
export function isTokenRejected({ status, message }: ErrorText): boolean {
  if (status === 401) return true;
  if (status === 403) return /invalid access token|token (?:is |has )?expired/i.test(message);
  return status === 400 && message.includes("jsonwebtoken.ExpiredJwtException");
}

/** Right token, wrong kind: the gateway's registration asked for another resource, or for too few scopes. */
export const isCredentialProblem = ({ message }: ErrorText): boolean =>
  /required scopes|IncorrectClaimException|Expected aud claim/i.test(message);

export const isWarehouseForbidden = ({ message }: ErrorText): boolean =>
  /use or monitor this SQL (?:Endpoint|Warehouse)|permission to use the SQL Warehouse|CAN[ _]USE permissions? on the SQL warehouse/i.test(
    message,
  );

export const isDataForbidden = ({ message }: ErrorText): boolean =>
  /INSUFFICIENT_PERMISSIONS|[Ii]nsufficient privileges|does not have (?:SELECT|USE CATALOG|USE SCHEMA|EXECUTE)\b/.test(
    message,
  );

/** The first three are real texts; the last two stand for any wording of "not in this workspace". */
export const isWorkspaceAccessMissing = ({ message }: ErrorText): boolean =>
  /unauthorized access to (?:org|workspace)\b|user not authorized|not authorized to access (?:this|the) workspace|not active in (?:this|the) workspace|not (?:assigned to|a member of|part of|added to) (?:this|the) workspace/i.test(
    message,
  );

/** The space itself is meant, even though a conversation or message below it was asked for. */
export const isAboutSpace = ({ message }: ErrorText): boolean =>
  /unable to get space|datarooms\/|aclPath|Genie Space/i.test(message);

/** The rows of a known attachment are gone when their statement is: the attachment itself is not what is missing. */
export const isExpiredResult = ({ message }: ErrorText): boolean =>
  /QUERY_RESULT_EXPIRED|\bexpired\b|no longer available|\bstatement\b.{0,80}\bnot found\b/i.test(
    message,
  );
