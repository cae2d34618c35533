// What this project promises about callbacks, as ids that tests cite (see all.ts).

export const callbacks = {
  "callbacks.url":
    "Design §3.7: a callback_url is https on port 443 without user information, at most 2,048 characters, its host allowed by name; else a fault at /callback_url.",
  "callbacks.host-port":
    "Design §2: a host:port entry admits exactly that host and port, loopback included.",
  "callbacks.guarded-connect":
    "Design §3.7: loopback, private, link-local, CGNAT, ULA, mapped and metadata addresses are never connected to, whatever the name server says when.",
  "callbacks.no-redirects": "Design §3.7: no redirect is followed.",
  "callbacks.bounded":
    "Design §3.7: a try takes at most 10 s, whatever the receiver does; its reply is bounded.",
  "callbacks.signed":
    "Design §3.7: each try carries webhook-id, webhook-timestamp and a v1 webhook-signature that Standard Webhooks' own library accepts.",
  "callbacks.body":
    "Design §3.7: the body is type, timestamp and the Operation; no question, answer or row.",
  "callbacks.tries":
    "Design §3.7: six tries, each no earlier than 0 s, 1 s, 5 s, 30 s, 2 min, 10 min after the one before.",
  "callbacks.last-word":
    "Design §3.7: any 2xx ends it; 3xx, and 4xx other than 408 and 429, end it without another try.",
  "callbacks.one-id":
    "Design §4: a callback goes out under one id, through crashes and repeated messages.",
  "callbacks.unchanged": "Design §3.7: delivery never changes the operation.",
  "callbacks.custody":
    "Design §3.7: the sealed token of a user question is deleted before the callback is sent.",
  "callbacks.unsigned":
    "Design §3.7: without a signing secret nothing is sent and no try is used up.",
  "callbacks.isolated": "Issue 4: a slow or dead receiver holds up nobody else.",
  "callbacks.discreet": "Design §3.7: the URL is a bearer secret: never logged.",
} as const;
