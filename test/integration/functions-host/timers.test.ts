// Timer functions in the development host.

import { expect, vi } from "vitest";
import { useHost } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

const host = useHost("timer-app");

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 8000, interval: 50 });

verifies(
  "local.host-timers",
  "a function with runOnStartup runs at once, with its schedule",
  async () => {
    await eventually(() => expect(host().output()).toContain("atStart {"));
    expect(host().output()).toMatch(
      /atStart \{"schedule":\{"adjustForDST":true\},"scheduleStatus":\{"last":"0001-01-01T00:00:00\+00:00","lastUpdated":"[^"]+","next":"\d{4}-01-01T00:00:00\.000Z"\},"isPastDue":false\}/,
    );
  },
);

verifies("local.host-timers", "NCRONTAB and TimeSpan schedules come round again", async () => {
  await eventually(() => {
    expect(host().output().split("tick by cron").length).toBeGreaterThan(2);
    expect(host().output().split("tick by span").length).toBeGreaterThan(2);
  });
});

verifies("local.host-loading", "a schedule that is none puts its function in error", () => {
  const wrong = host().functions.find(({ name }) => name === "wrong");
  expect(wrong?.error).toContain("'whenever'");
});
