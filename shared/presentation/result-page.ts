// One JSON page of a result (design §3.6): columns, typed rows, and the token of the next page.

import type { ResultPage } from "../contracts/reading.ts";
import type { RowsPage } from "../operations/read-results.ts";
import { writePageToken } from "./page-token.ts";
import { toTable } from "./table.ts";

export function toResultPage(page: Omit<RowsPage, "kind">): ResultPage {
  const { statementId, nextOffset } = page;
  return {
    ...toTable(page.columns, page.rows),
    row_count: page.rowCount,
    truncated: page.truncated,
    ...(nextOffset === undefined
      ? {}
      : { next_page_token: writePageToken({ offset: nextOffset, statementId }) }),
  };
}
