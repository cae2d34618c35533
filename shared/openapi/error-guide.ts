// The troubleshooting page as data: for every failure code what it means, who acts, and what they do. A code that
// is missing here does not compile. It is loaded when a page is made, never on the start-up path.

import type { ErrorCode } from "../errors/error-catalogue.ts";
import { genieGuide } from "./error-guide/genie-guide.ts";
import { grantsGuide } from "./error-guide/grants-guide.ts";
import type { GuideEntry } from "./error-guide/guide-entry.ts";
import { missingGuide } from "./error-guide/missing-guide.ts";
import { requestGuide } from "./error-guide/request-guide.ts";
import { serviceGuide } from "./error-guide/service-guide.ts";
import { signInGuide } from "./error-guide/sign-in-guide.ts";

export const ERROR_GUIDE: Readonly<Record<ErrorCode, GuideEntry>> = {
  ...requestGuide,
  ...signInGuide,
  ...grantsGuide,
  ...missingGuide,
  ...genieGuide,
  ...serviceGuide,
};
