// What this project promises about the local stand, as ids that tests cite (see all.ts).

export const local = {
  "local.host-routing":
    "Issue 3, part 6: the development host matches routes in the order of function names, first match wins, by ASP.NET templates; what it does not serve is an empty 404.",
  "local.host-keys":
    "Issue 3, part 6: the development host checks function, host and master keys by the auth level of a function.",
  "local.host-streaming":
    "Issue 3, part 6: with enableHttpStream the development host streams through the library's own server, with the real host's traits.",
  "local.host-headers":
    "Issue 4: the development host refuses an impossible Host header at once, and keeps the fields of the worker's connection from the client.",
  "local.host-buffering":
    "Issue 3, part 6: without enableHttpStream the development host buffers, with the real host's traits.",
  "local.host-recording":
    "Issue 6, part 4: asked to, the development host writes down every answer that clients got, bounded, without request headers and bodies, and changes none.",
  "local.host-queues":
    "Issue 3, part 6: queue functions run against Azurite with base64, retries, poison queue and visibility as the queue extension does it.",
  "local.host-timers":
    "Issue 3, part 6: timer functions run by NCRONTAB or TimeSpan and, if asked, at the start.",
  "local.host-loading":
    "Issue 3, part 6: an app that cannot be loaded has no function and says why; a function that cannot be served is in error, alone.",
  "local.host-life":
    "Issue 3, part 6: the development host stops within a second and leaves no process behind.",
  "local.own-page-sign-in":
    "Issue 6, part 2: the local Entra signs users in from the gateway's own page as a single-page client, and refuses what Entra refuses.",
  "local.azurite":
    "Issue 3, part 6: storage is the real Azurite on free or given ports, in memory or in a folder.",
  "local.ask-csv":
    "Design §3.6: `npm run ask --csv` saves all rows of the answer's results, follows 202 to the end of its wait, and leaves a whole file or none.",
  "local.ask-card":
    "Design §3.3: `npm run ask --card` prints the Adaptive Card as the gateway sent it.",
  "local.ask-follow-up":
    "Design §3.2: `npm run ask --follow-up` asks in the conversation of the last question of the same caller to the same gateway and space, of which an id alone is kept.",
} as const;
