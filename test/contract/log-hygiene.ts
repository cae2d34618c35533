// Run by .ci/run after the tests: no log that a started host wrote during them holds a token, a secret, a question
// or an answer. Having no log at all is a failure too, because then nothing was checked.

import { globSync, readFileSync } from "node:fs";
import { leaksIn } from "../support/log-leaks.ts";
import { TEST_LOG_FOLDER } from "../support/secret-markers.ts";

const logs = globSync(`${TEST_LOG_FOLDER}/**/*.log`).map((file) => ({
  file,
  text: readFileSync(file, "utf8"),
}));
const leaks = logs.flatMap(({ file, text }) => leaksIn(text).map((leak) => `${file}, ${leak}`));
const filled = logs.filter(({ text }) => text.trim() !== "");

for (const leak of leaks) process.stderr.write(`leak: ${leak}\n`);
process.stdout.write(`${filled.length} logs looked through, ${leaks.length} leaks\n`);
process.exitCode = leaks.length === 0 && filled.length > 0 ? 0 : 1;
