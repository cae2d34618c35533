// Run by .ci/run after the tests: every answer that the gateway gave during them is documented in docs/openapi.json,
// and every operation of the document was seen with a success. `--unseen` also lists the statuses that no test showed.

import { parseArgs } from "node:util";
import { readDocument } from "../support/openapi/document.ts";
import { createExchangeReport } from "../support/openapi/exchange-report.ts";
import { EXCHANGES_FOLDER, recordedExchanges } from "../support/openapi/recorded-exchanges.ts";

const { values } = parseArgs({ options: { unseen: { type: "boolean", default: false } } });
const report = createExchangeReport(readDocument());
for (const exchange of recordedExchanges(EXCHANGES_FOLDER)) report.add(exchange);

const faults = report.faults();
for (const fault of faults) process.stderr.write(`undocumented: ${fault}\n`);
for (const unseen of values.unseen ? report.unseenStatuses() : []) {
  process.stdout.write(`not seen: ${unseen}\n`);
}
process.stdout.write(`${report.summary()}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
