// Timer functions: one at each start, one by NCRONTAB, one by TimeSpan, and one whose schedule is no schedule.

import { app } from "@azure/functions";

app.timer("atStart", {
  schedule: "0 0 0 1 1 *",
  runOnStartup: true,
  handler: (timer, context) => context.log(`atStart ${JSON.stringify(timer)}`),
});

app.timer("eachSecond", {
  schedule: "* * * * * *",
  handler: (_timer, context) => context.log("tick by cron"),
});
app.timer("bySpan", {
  schedule: "00:00:01",
  handler: (_timer, context) => context.log("tick by span"),
});
app.timer("wrong", { schedule: "whenever", handler: () => {} });
