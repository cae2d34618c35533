// The places that a worker has for one receiver.

import { expect } from "vitest";
import { createReceiverSlots } from "../../../shared/callbacks/receiver-slots.ts";
import { verifies } from "../../support/verifies.ts";

verifies(
  "callbacks.isolated",
  "so many at a time for each origin, and each place comes back",
  () => {
    const enter = createReceiverSlots(2);
    const [first, second] = [enter("https://a.example/1"), enter("https://a.example:443/2")];
    expect(first).toBeDefined();
    expect(second).toBeDefined();
    expect(enter("https://a.example/3")).toBeUndefined();
    expect(enter("https://a.example:8443/")).toBeDefined();
    expect(enter("https://b.example/")).toBeDefined();
    first?.();
    const third = enter("https://a.example/4");
    expect(third).toBeDefined();
    expect(enter("https://a.example/5")).toBeUndefined();
    second?.();
    third?.();
    for (let round = 0; round < 3; round++) {
      const both = [enter("https://a.example/6"), enter("https://a.example/7")];
      expect(both).not.toContain(undefined);
      expect(enter("https://a.example/8")).toBeUndefined();
      for (const leave of both) leave?.();
    }
  },
);

verifies("callbacks.isolated", "what is no URL shares one line instead of failing", () => {
  const enter = createReceiverSlots(1);
  const leave = enter("no URL");
  expect(leave).toBeDefined();
  expect(enter("")).toBeUndefined();
  leave?.();
  expect(enter("")).toBeDefined();
});
