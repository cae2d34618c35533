// Which endpoints the Power Platform connector offers as actions, and how each differs from its route. Everything else
// of an action comes from the contracts. The connector signs in as a user, so it asks as the user alone.

import type * as routes from "../../contracts/routes.ts";

export interface ConnectorOperation {
  readonly route: keyof typeof routes;
  /** Where the texts of the route do not fit a maker. */
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly visibility: "important" | "advanced";
  /**
   * A path that no route has: a policy of the connector leads it to the route. So one route can be two actions (Microsoft
   * Learn, "Configure host URL and routing").
   */
  readonly virtualPath?: string;
  /** Query parameters that the action always sends; nobody sees them. */
  readonly always?: Readonly<Record<string, string>>;
  /** Query parameters that mean nothing in this action. */
  readonly without?: readonly string[];
  /** Name of the schema, where the answer has several forms. */
  readonly answersWith?: string;
}

const MESSAGE = "genie/conversation/{conversation_id}/messages/{message_id}";

/** The Answer comes in one form in each action: a connector has one schema for a response. */
const ANSWER = { answersWith: "Answer", without: ["async", "format"] } as const;

export const CONNECTOR_OPERATIONS: readonly ConnectorOperation[] = [
  {
    ...ANSWER,
    route: "queryObo",
    operationId: "AskGenie",
    summary: "Ask Genie",
    description:
      "Asks Genie a question as you, and waits until the answer is there, also for minutes. For flows.",
    visibility: "important",
  },
  {
    route: "queryObo",
    operationId: "AskGenieAndAnswerSoon",
    summary: "Ask Genie and answer soon",
    description:
      "Asks Genie a question as you, and always answers within about 40 seconds: with the answer, or with the status running. For Copilot Studio.",
    visibility: "important",
    virtualPath: "genie/query-obo/soon",
    always: { async: "never" },
    without: ["format", "wait"],
    answersWith: "Answer",
  },
  {
    route: "getOperationResult",
    operationId: "GetAnswerSoon",
    summary: "Get the answer of a running question",
    description:
      "For a question that was still running: waits up to about 40 seconds more, and always answers.",
    visibility: "important",
    always: { async: "never" },
    without: ["format", "wait"],
    answersWith: "Answer",
  },
  {
    ...ANSWER,
    route: "getMessage",
    operationId: "GetAnswer",
    description: "An answer from before, with its rows while Databricks holds them.",
    visibility: "advanced",
  },
  {
    route: "getMessage",
    operationId: "GetAnswerAsCard",
    summary: "Get an answer as an Adaptive Card",
    description: "The answer as a card below 24 KB, to be posted in Teams.",
    visibility: "important",
    virtualPath: `${MESSAGE}/card`,
    always: { format: "adaptive-card" },
    answersWith: "AdaptiveCard",
  },
  {
    route: "getResults",
    operationId: "GetRows",
    summary: "Get the rows of a result",
    description: "A page of typed rows. Genie holds at most 5,000 rows.",
    visibility: "important",
    always: { format: "json" },
    without: ["full", "bom", "download"],
    answersWith: "ResultPage",
  },
  { route: "rerunResults", visibility: "advanced", without: ["download"] },
  { route: "listSpaces", visibility: "important" },
  {
    route: "listConversations",
    description: "Your conversations in a space, newest first.",
    visibility: "advanced",
  },
  {
    route: "listMessages",
    description: "Questions and answers of a conversation, without rows: the newest come first.",
    visibility: "advanced",
  },
  { route: "deleteConversation", visibility: "advanced" },
  { route: "sendFeedback", visibility: "advanced" },
  { route: "getOperation", visibility: "advanced" },
  { route: "cancelOperation", visibility: "advanced" },
  { route: "getMe", visibility: "advanced" },
];
