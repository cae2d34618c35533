// The requirements manifest: id → one sentence. Tests cite ids with verifies(); test/contract/requirements.test.ts
// fails for an id that no test cites. It holds no behaviour of its own.

import { answers } from "./answers.ts";
import { asking } from "./asking.ts";
import { auth } from "./auth.ts";
import { budget } from "./budget.ts";
import { callbacks } from "./callbacks.ts";
import { chaos } from "./chaos.ts";
import { contract } from "./contract.ts";
import { databricks } from "./databricks.ts";
import { docsPages } from "./docs-pages.ts";
import { documents } from "./documents.ts";
import { gateway } from "./gateway.ts";
import { guides } from "./guides.ts";
import { health } from "./health.ts";
import { http } from "./http.ts";
import { infra } from "./infra.ts";
import { local } from "./local.ts";
import { reading } from "./reading.ts";
import { repository } from "./repository.ts";
import { setUp } from "./set-up.ts";
import { settings } from "./settings.ts";
import { storage } from "./storage.ts";
import { telemetry } from "./telemetry.ts";

export const requirements = {
  ...answers,
  ...asking,
  ...auth,
  ...budget,
  ...callbacks,
  ...chaos,
  ...contract,
  ...databricks,
  ...docsPages,
  ...documents,
  ...gateway,
  ...guides,
  ...health,
  ...http,
  ...infra,
  ...local,
  ...reading,
  ...repository,
  ...setUp,
  ...settings,
  ...storage,
  ...telemetry,
} as const;

export type RequirementId = keyof typeof requirements;
