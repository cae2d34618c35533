// An app that streams HTTP, with a hook at each end of its life.

import { app } from "@azure/functions";

app.setup({ enableHttpStream: true });
app.hook.appStart(() => {
  process.stdout.write("app started\n");
});
app.hook.appTerminate(() => {
  process.stdout.write("app terminated\n");
});
app.hook.preInvocation(({ invocationContext }) => {
  invocationContext.extraInputs.set("seen", "by hook");
});
app.hook.log((entry) => {
  entry.message = entry.message.replace("replace-me", "replaced by hook");
});
