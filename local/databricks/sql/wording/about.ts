// Questions about the space itself ("what data do you have?", "help"), answered without SQL.

import { ALL_TABLES } from "../tables/all-tables.ts";
import type { Table } from "../tables/table.ts";
import { phraseKey } from "../translate/tokens.ts";

const ABOUT_DATA = [
  /^(?:please )?(?:what|which) (?:data|dataset|tabl\w*|information|topic)s?\b.*\b(?:have|there|know|hold|contain|available|use|ask|offer)/i,
  /^(?:what|how) can (?:you|i) (?:do|ask|answer|know|help)/i,
  /^what do you (?:know|have|do)\b/i,
  /^(?:help|help me|hello|hi|hey|good morning|\?)[\s!.?]*$/i,
  /^(?:who|what) are you/i,
  /^(?:show|list|describe)(?: me)? (?:the |your |all )*(?:data|dataset|table)s?[\s!.?]*$/i,
  /^(?:what|how) (?:is|does) (?:this|genie|it)\b/i,
];
const ABOUT_TABLE =
  /^(?:describe|explain)(?: the)?(?: table| data)? (.{1,40}?)(?: table| data)?[\s!.?]*$|^(?:what|which) (?:column|field)s? (?:does|do|are in|has|have|of)(?: the)?(?: table)? (.{1,40}?)(?: table| data)?(?: have| has)?[\s!.?]*$/i;
const THANKS = /^(?:thanks|thank you|thx|great|ok|okay|cool|bye)\b[\s\w]{0,20}[!.]*$/i;

/** The answer, or null when the question is about the data and not about us. */
export function answerAbout(
  question: string,
): { text: string; suggestedQuestions: string[] } | null {
  const text = question.trim();
  if (text.length > 200) return null;
  const [, described, listed] = ABOUT_TABLE.exec(text) ?? [];
  const table = tableCalled(described ?? listed ?? "");
  if (table !== undefined)
    return { text: aboutTable(table), suggestedQuestions: table.examples.slice(0, 3) };
  if (ABOUT_DATA.some((pattern) => pattern.test(text))) return aboutAll();
  if (THANKS.test(text))
    return {
      text: "You are welcome. Ask another question whenever you like.",
      suggestedQuestions: [],
    };
  return null;
}

function tableCalled(name: string): Table | undefined {
  const key = phraseKey(name);
  return ALL_TABLES.find((table) =>
    [table.name, ...table.row].some((word) => phraseKey(word) === key),
  );
}

function aboutTable(table: Table): string {
  const columns = table.columns.map(
    (column) => `\`${column.name}\` (${column.type.toLowerCase()})`,
  );
  return `**${table.name}**: ${table.about}.\n\nColumns: ${columns.join(", ")}.`;
}

function aboutAll(): { text: string; suggestedQuestions: string[] } {
  const tables = ALL_TABLES.map((table) => `- **${table.name}**: ${table.about}`);
  return {
    text: `I answer questions about this public data:\n\n${tables.join("\n")}\n\nYou can ask for averages, totals, counts, rankings and lists, with conditions, and go on from an answer (“only in 2001”, “and by origin?”).`,
    suggestedQuestions: ALL_TABLES.map((table) => table.examples[0] ?? "").slice(0, 3),
  };
}
