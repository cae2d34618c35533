// One result as card elements: title, chart, table, what the table lacks, and the SQL behind a button.

import {
  ActionSet,
  type CardElement,
  Container,
  Table,
  TableCell,
  TableRow,
  ToggleVisibilityAction,
} from "@microsoft/teams.cards";
import { chartElement } from "./card-chart.ts";
import { plain } from "./card-text.ts";
import type { ResultOutline } from "./result-outline.ts";

/** @param index of the result: ids must be unique in a card */
export function resultElements(result: ResultOutline, index: number): CardElement[] {
  const { title, chart, columns, notes, rerunUrl, sql } = result;
  const told = [...notes, ...(rerunUrl === null ? [] : [`Run the SQL again: POST ${rerunUrl}`])];
  return [
    ...(title === null ? [] : [plain(title, { weight: "Bolder", size: "Medium" })]),
    ...(chart === null ? [] : [chartElement(chart)]),
    ...(columns.length === 0 ? [] : [tableElement(result)]),
    ...(told.length === 0 ? [] : [plain(told.join(" "), { isSubtle: true, size: "Small" })]),
    ...(sql === null ? [] : sqlElements(sql, `sql-${index + 1}`)),
  ];
}

/** That the first row is the header is the default: renderers do not agree how to spell the property that says so. */
function tableElement({ columns, rows }: ResultOutline): Table {
  const row = (cells: readonly string[], style: { weight?: "Bolder" } = {}) =>
    new TableRow({ cells: cells.map((cell) => new TableCell(plain(cell, style))) });
  return new Table({
    columns: columns.map(({ isNumber }) => ({
      width: 1,
      ...(isNumber ? { horizontalCellContentAlignment: "Right" } : {}),
    })),
    rows: [
      row(
        columns.map(({ name }) => name),
        { weight: "Bolder" },
      ),
      ...rows.map((cells) => row(cells)),
    ],
  });
}

function sqlElements(sql: string, id: string): CardElement[] {
  const toggle = new ToggleVisibilityAction({ title: "Show the SQL", targetElements: [id] });
  const code = plain(sql, { fontType: "Monospace", size: "Small" });
  return [new ActionSet(toggle), new Container(code).withId(id).withIsVisible(false)];
}
