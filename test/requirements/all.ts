// The requirements manifest: id → one sentence. Tests cite ids with verifies(); test/contract/requirements.test.ts
// fails for an id that no test cites. It holds no behaviour of its own.

import { answers } from "./answers.ts";
import { asking } from "./asking.ts";
import { auth } from "./auth.ts";
import { databricks } from "./databricks.ts";
import { gateway } from "./gateway.ts";
import { health } from "./health.ts";
import { http } from "./http.ts";
import { local } from "./local.ts";
import { reading } from "./reading.ts";
import { repository } from "./repository.ts";
import { settings } from "./settings.ts";

export const requirements = {
  ...answers,
  ...asking,
  ...auth,
  ...databricks,
  ...gateway,
  ...health,
  ...http,
  ...local,
  ...reading,
  ...repository,
  ...settings,
} as const;

export type RequirementId = keyof typeof requirements;
