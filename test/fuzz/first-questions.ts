// Asks a few questions before the generated requests begin, as the analyst and as the app, so that there are
// conversations, rows and pictures that those requests can read.

import type { Stand } from "../../local/stand/start-stand.ts";
import { acceptedOf, answerOf, ask, call } from "../e2e/gateway-client.ts";
import type { KnownThings } from "./known-things.ts";

export const QUESTIONS = [
  "average delay by carrier",
  "top 5 movies by worldwide gross",
  "average miles per gallon by origin",
  "number of bird strikes by state",
] as const;
/** Far more than a slow machine needs: each look waits as long as the gateway lets it. */
const MOST_LOOKS = 20;
const CALLERS = ["analyst", "app"] as const;

/** @throws when one of them is not answered with rows and a picture */
export async function askFirstQuestions(stand: Stand, things: KnownThings): Promise<void> {
  const asked = CALLERS.flatMap((as) => QUESTIONS.map((query) => ({ as, query })));
  await Promise.all(
    asked.map(async ({ as, query }) => {
      const answer = answerOf(await answered(stand, as, query));
      things.addThing(as, {
        conversation_id: answer.conversation_id ?? "",
        message_id: answer.message_id ?? "",
        operation_id: answer.operation_id ?? "",
        attachment_id: answer.results[0]?.attachment_id ?? "",
        visualization_id: answer.visualizations[0]?.attachment_id ?? "",
      });
    }),
  );
}

async function answered(stand: Stand, as: (typeof CALLERS)[number], query: string) {
  let reply = await ask(stand, as, { query });
  for (let looks = 0; reply.status === 202 && looks < MOST_LOOKS; looks += 1) {
    const { links } = acceptedOf(reply);
    reply = await call(stand, { path: links.result, as, headers: { Prefer: "wait=2" } });
  }
  return reply;
}
