// `node local/documents/write-error-guide.ts`: writes docs/errors.md from the data of shared/openapi/error-guide.ts.
// It writes that one file and reads none.

import { writeFile } from "node:fs/promises";
import { renderErrorGuideMarkdown } from "../../shared/openapi/error-guide-markdown.ts";

await writeFile("docs/errors.md", renderErrorGuideMarkdown());
