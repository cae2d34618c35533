// The entry of the deployed app: registers every function. It must not fail: an error before the first
// registration leaves an app with no function at all (functions-host.md §3), so next to nothing is done here.

import { app } from "@azure/functions";
import { startTelemetry, stopTelemetry } from "../shared/app/start-telemetry.ts";
import "./cancel-operation.ts";
import "./cancel-operation-by-key.ts";
import "./delete-conversation.ts";
import "./deliver-callback.ts";
import "./deliver-callback-poison.ts";
import "./get-conversation.ts";
import "./get-docs.ts";
import "./get-docs-asset.ts";
import "./get-docs-errors.ts";
import "./get-docs-redirect.ts";
import "./get-me.ts";
import "./get-message.ts";
import "./get-openapi.ts";
import "./get-operation.ts";
import "./get-operation-events.ts";
import "./get-operation-result.ts";
import "./get-redoc.ts";
import "./get-rerun.ts";
import "./get-results.ts";
import "./get-space.ts";
import "./get-visualization.ts";
import "./health.ts";
import "./health-ready.ts";
import "./list-conversations.ts";
import "./list-messages.ts";
import "./list-spaces.ts";
import "./poll-genie-message.ts";
import "./poll-genie-message-poison.ts";
import "./query-app.ts";
import "./query-obo.ts";
import "./rerun-results.ts";
import "./send-feedback.ts";
import "./sweep-operations.ts";

// Answers leave in pieces as they are made, and chunked request bodies arrive (functions-host.md §4.3).
app.setup({ enableHttpStream: true });

startTelemetry();
app.hook.appTerminate(stopTelemetry);
