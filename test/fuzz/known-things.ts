// What a running gateway gave: ids of conversations, messages, attachments and operations, page tokens, downloads. Asked
// for before the requests begin and gathered from the answers, so that not every request is a 404.

import { isObject, type JsonObject } from "../support/openapi/document.ts";
import type { FuzzCaller, Known } from "./request-plan.ts";

/** Ids that belong together: one answered question. */
export type Thing = Readonly<Record<string, string>>;

export interface GivingReply {
  /** JSON, or a page whose files are named in it. */
  readonly body: string;
  readonly location: string;
}

export interface KnownThings {
  addThing(caller: FuzzCaller, thing: Thing): void;
  /** Reads what an answer gives: `kind` says to which requests it belongs. */
  gather(caller: FuzzCaller, kind: string, reply: GivingReply): void;
  /** Undefined: the gateway gave none so far. */
  resolve(caller: FuzzCaller, kind: string, known: Known): string | undefined;
}

const MOST_KEPT = 200;

export function createKnownThings(
  constants: Readonly<Record<string, readonly string[]>>,
): KnownThings {
  const things = new Map<string, Thing[]>();
  const given = new Map<string, string[]>();
  const listOf = <T>(map: Map<string, T[]>, key: string): T[] =>
    map.get(key) ?? map.set(key, []).get(key) ?? [];
  const keep = (key: string, value: unknown): void => {
    if (typeof value !== "string") return;
    const list = listOf(given, key);
    list.push(value);
    if (list.length > MOST_KEPT) list.shift();
  };
  return {
    addThing: (caller, thing) => listOf(things, ownerOf(caller)).push(thing),
    gather(caller, kind, { body, location }) {
      const json = jsonOf(body);
      const conversation = json.conversation_id;
      keep(`${kind} page_token ${caller}`, json.next_page_token);
      keep(`operation_id ${caller}`, json.operation_id);
      for (const [, file] of body.matchAll(/\bdocs\/assets\/([\w.-]+)/g))
        keep("file analyst", file);
      // Conversations of generated questions may be deleted; those of the first questions are read by all.
      const isFirst = (things.get(caller) ?? []).some(
        (each) => each.conversation_id === conversation,
      );
      if (kind.startsWith("Ask") && !isFirst) keep(`spare_conversation_id ${caller}`, conversation);
      const download = /[?&]download=([\w.-]+)/.exec(location)?.[1];
      // A rerun is started by one operation and looked at by another.
      for (const each of kind === "RerunResult" ? ["RerunResult", "GetRerun"] : [kind]) {
        keep(`${each} download ${caller}`, download);
      }
    },
    resolve(caller, kind, { known, pick }) {
      const owner = ownerOf(caller);
      if (known === "spare_conversation_id") return given.get(`${known} ${owner}`)?.shift();
      const own = things.get(owner) ?? [];
      const gathered =
        given.get(`${kind} ${known} ${owner}`) ?? given.get(`${known} ${owner}`) ?? [];
      const together = own[pick % own.length]?.[known];
      // Other operations than those of the first questions: running, cancelled and failed ones too.
      const late =
        together === undefined || pick % 2 === 0 ? gathered[pick % gathered.length] : undefined;
      const named = constants[known];
      return named?.[pick % named.length] ?? late ?? together;
    },
  };
}

/** Empty for what is no JSON object. */
function jsonOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Who has nothing of their own tries what the analyst has. */
function ownerOf(caller: FuzzCaller): string {
  return caller === "app" ? "app" : "analyst";
}
