// The state of one simulated workspace, handed to every route. It holds no logic of any route.

import type { Dataset } from "./dataset.ts";
import { type ConversationStore, createConversationStore } from "./genie/conversation-store.ts";
import { createQuestionBudget, type QuestionBudget } from "./genie/question-budget.ts";
import { createScripts, type Scripts } from "./genie/scripts.ts";
import { createIds, type IdSource } from "./ids.ts";
import {
  type Behaviour,
  type DatabricksSimulatorOptions,
  DEFAULT_BEHAVIOUR,
  DEFAULT_TIMINGS,
  type SimulatedSpace,
  type SimulatedWarehouse,
  type Timings,
} from "./options.ts";
import { createPrincipals, type Principals } from "./principals.ts";
import { createDownloads, type Downloads } from "./results/downloads.ts";
import { createStatementStore, type StatementStore } from "./results/statement-store.ts";
import { createRandom, type Random } from "./seeded-random.ts";

/** One question as the workspace took it. */
export interface RecordedAsk {
  readonly at: number;
  readonly userId: number;
  /** Object id or client id. */
  readonly externalId: string;
  readonly spaceId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly question: string;
}

export interface Workspace {
  readonly id: string;
  readonly now: () => number;
  readonly random: Random;
  readonly ids: IdSource;
  readonly timings: Timings;
  readonly dataset: Dataset;
  behaviour: Behaviour;
  readonly principals: Principals;
  readonly spaces: readonly SimulatedSpace[];
  readonly warehouses: readonly SimulatedWarehouse[];
  readonly conversations: ConversationStore;
  readonly statements: StatementStore;
  readonly downloads: Downloads;
  readonly budget: QuestionBudget;
  readonly scripts: Scripts;
  readonly asks: RecordedAsk[];
}

/** `origin` tells the server's own address, which is known only after it listens. */
export function createWorkspace(
  options: DatabricksSimulatorOptions,
  origin: () => string,
): Workspace {
  const now = options.now ?? Date.now;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const random = createRandom(timings.seed);
  const ids = createIds(now, random);
  return {
    id: options.workspaceId ?? "1234567890123456",
    now,
    random,
    ids,
    timings,
    dataset: options.dataset,
    behaviour: { ...DEFAULT_BEHAVIOUR, ...options.behaviour },
    principals: createPrincipals(options),
    spaces: options.spaces,
    warehouses: options.warehouses,
    conversations: createConversationStore(),
    statements: createStatementStore(ids),
    downloads: createDownloads({ ids, origin }),
    budget: createQuestionBudget(options.questionsPerMinute ?? 5),
    scripts: createScripts(),
    asks: [],
  };
}
