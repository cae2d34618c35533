// A chosen chart as a card element. Charts are an extension of Teams: a host that does not know them drops them, and
// the table, which is always there too, says the same.

import { DonutChart, LineChart, VerticalBarChart } from "@microsoft/teams.cards";
import { withoutFunctions } from "./card-text.ts";
import type { Chart } from "./chart.ts";

export function chartElement(chart: Chart): DonutChart | LineChart | VerticalBarChart {
  const { kind } = chart;
  const [x, y] = [withoutFunctions(chart.x), withoutFunctions(chart.y)];
  const points = chart.points.map(({ label, value }) => ({
    label: typeof label === "string" ? withoutFunctions(label) : label,
    value,
  }));
  const titles = { title: `${y} by ${x}`, fallback: "drop" } as const;
  const axes = { xAxisTitle: x, yAxisTitle: y };
  switch (kind) {
    case "line": {
      const values = points.map(({ label, value }) => ({ x: label, y: value }));
      return new LineChart({ ...titles, ...axes, data: [{ legend: y, values }] });
    }
    case "donut": {
      const data = points.map(({ label, value }) => ({ legend: String(label), value }));
      return new DonutChart({ ...titles, data });
    }
    case "bar": {
      const data = points.map(({ label, value }) => ({ x: String(label), y: value }));
      return new VerticalBarChart({ ...titles, ...axes, data });
    }
  }
}
