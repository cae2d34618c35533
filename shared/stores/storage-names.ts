// The names of all tables and queues, in one place (docs/stored-records.md says what each holds). Azure allows
// letters and digits for a table, small letters, digits and hyphens for a queue.

export const OPERATIONS_TABLE = "GenieOperations";
export const CONVERSATIONS_TABLE = "GenieConversations";
export const BUDGET_TABLE = "GenieBudget";

export const POLL_QUEUE = "genie-poll";
export const CALLBACKS_QUEUE = "genie-callbacks";

/** Where the host puts a message that failed too often (functions-host.md §5.1). */
export const POLL_POISON_QUEUE = "genie-poll-poison";
export const CALLBACKS_POISON_QUEUE = "genie-callbacks-poison";

/** Row keys of an operation's partition. */
export const OPERATION_ROW = "operation";
export const CUSTODY_ROW = "custody";
