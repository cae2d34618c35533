// 202 while rows are prepared: its address is the one that was asked for, with what leads back.

import { expect } from "vitest";
import { rerunInput, resultsInput } from "../../../shared/contracts/reading-schemas.ts";
import { toPreparingReply } from "../../../shared/presentation/preparing-reply.ts";
import { verifies } from "../../support/verifies.ts";

const asked = { baseUrl: "https://gateway.example", path: "/rows" };
const preparing = { kind: "preparing", ticket: "t.1" } as const;

verifies("reading.preparing", "says what was asked, and nothing that holds anyway", () => {
  const cases = [
    ["", "?download=t.1"],
    ["format=csv&full=true", "?format=csv&full=true&download=t.1"],
    ["format=csv&bom=true&full=false", "?format=csv&bom=true&download=t.1"],
    ["page_size=1000&space=sales", "?space=sales&download=t.1"],
    ["page_size=7&page_token=x&download=old", "?page_size=7&page_token=x&download=t.1"],
  ] as const;
  for (const [given, expected] of cases) {
    const query = resultsInput.query.parse(Object.fromEntries(new URLSearchParams(given)));
    const { headers } = toPreparingReply(preparing, asked, query);
    const location = new URL(headers.Location);
    expect([...location.searchParams].toSorted(), given).toEqual(
      [...new URLSearchParams(expected)].toSorted(),
    );
    expect(location.pathname).toBe("/rows");
  }
});

verifies("reading.preparing", "without a ticket it is the address itself", () => {
  const query = rerunInput.query.parse({});
  const { headers, body } = toPreparingReply({ ...preparing, ticket: null }, asked, query);
  expect(headers.Location).toBe("https://gateway.example/rows");
  expect(body.links.self).toBe(headers.Location);
});
