// The help text of `npm run ask`. It decides nothing: the limits it names are those of the command line.

import { LONGEST_WAIT_SECONDS, USUAL_WAIT_SECONDS } from "./command-line.ts";

export const HELP = `Asks Genie a question through the gateway and shows the answer, its rows and its SQL.

  npm run ask -- "average delay by carrier"
  npm run ask -- --follow-up "top 5 only"
  npm run ask -- --csv rows.csv "delay and distance of every flight"
  npm run --silent ask -- --json "top 10 movies by worldwide gross"

Options
  --as WHO            user (default), app, no-space or no-warehouse: the callers of the stand
  --follow-up         ask in the conversation of the last question of this caller to this gateway and space
  --conversation ID   ask in this conversation
  --space ALIAS       ask this space instead of "default"
  --wait SECONDS      give up waiting after this time (1 to ${LONGEST_WAIT_SECONDS}, default ${USUAL_WAIT_SECONDS}); the question goes on
  --csv FILE          also save all rows, beyond 5,000 too, as CSV; further results as FILE-2, FILE-3 before
                      the ending. A FILE that is there is replaced, but only by a complete one
  --json              print the answer or the problem as the gateway sent it
  --trace             also show, on standard error, the spans of this question: what ran inside what, and how
                      long it took. Only with the stand, which keeps them in memory
  --card              print the answer as an Adaptive Card (JSON)
  --help              print this

Which gateway
  The stand that "npm start" runs, or GENIE_GATEWAY_URL with a token in GENIE_GATEWAY_TOKEN
  (or, for --as app where the app endpoint asks for a function key, that key in GENIE_GATEWAY_KEY;
  a key alone downloads no rows). For --follow-up the id of each last conversation is kept in .local/ask,
  or in the folder that GENIE_ASK_FOLDER names.

Exit codes
  0 answered, and all rows saved where --csv asks for it
  1 unexpected reply, or a file that could not be written
  2 wrong options, question, space or file
  3 refused (401, 403)  4 no answer from Genie (422 and the like)
  5 unavailable (429, 503, 504, not running, broken off)
  6 not finished when the wait was over
  7 answered, but there are no rows for --csv to save, or not of every result
  130 stopped by Ctrl-C
`;
