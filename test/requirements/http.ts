// What this project promises about the HTTP layer, as ids that tests cite (see all.ts).

export const http = {
  "http.routes":
    "Design §3: every contract is registered under its path and method, all anonymous except query-app outside entra mode.",
  "http.no-shadowing":
    "Design §3, functions-host §4.1: no route hides another in the host's name order.",
  "http.order-of-checks":
    "Design §3.1: token, body size, content type, validation, then the use case; without a valid token a request learns nothing.",
  "http.always-answers":
    "Design §1, functions-host §4.2: whatever a use case or the composition root does, a response is returned.",
  "http.body-size":
    "Design §3.1: a body of more than 256 KiB is 413, whatever Content-Length says.",
  "http.body-time": "Design §1: a body that does not arrive within 10 s is refused.",
  "http.content-type": "Design §3.1: a body needs application/json or +json, else 415.",
  "http.all-faults":
    "Design §3.1: a 400 lists all faults of query, headers and body at once, each by pointer or parameter name.",
  "http.unknown-fields": "Design §3.1: unknown body fields are a 400 that names them.",
  "http.null-is-absent": "Design §3.1: null in an optional field is as if absent.",
  "http.query-parameters":
    "Design §3.1: unknown query parameters are ignored, known ones given twice or with a bad value are named.",
  "http.path-ids": "Design §3.1: an id of the wrong form in a path is 404 and reaches no use case.",
  "http.hostile-bodies":
    "Issue 3: bodies that are not JSON, too large, of wrong types or encodings are each a 4xx problem that names the field.",
  "http.headers":
    "Design §3.1: request id, no-store and nosniff on every answer; a caller's request id is kept when well-formed.",
  "http.trace": "Design §3.1: a W3C traceparent is continued, a malformed one ignored.",
  "http.wait":
    "Design §3.2: Prefer, async and wait decide how long a request waits, capped by GENIE__MAX_WAIT_SECONDS.",
  "http.preference-applied":
    "Design §3.2: the preference that was applied is echoed, a capped wait as the cap; malformed ones are ignored.",
  "http.idempotency-key":
    "Design §3.2: an Idempotency-Key is 1–255 visible ASCII characters, taken literally, else 400; where it is required, none is 400 too.",
  "http.cancel-by-key":
    "Design §3: DELETE /genie/operations cancels by Idempotency-Key; in function-key mode too it takes a token, because an operation is opened by its unguessable id alone.",
  "http.callback-url":
    "Design §3.7: a callback_url is an https URL of at most 2,048 characters, else 400 before anything is asked.",
  "http.events":
    "Design §3.4: /events tells each stage as it changes, the present one first, then the answer or the problem; a stream that ends before its operation ends with a stage.",
  "http.events-bounded":
    "Design §1.3, §3.4: an event stream carries a comment every 15 s and ends before the 230 s limit, whatever fails or hangs; what fails is the event problem.",
  "http.triggers":
    "Design §4: queue functions listen to the poll and callback queues and their poison queues in the app's own storage account, the sweeper runs every minute.",
  "http.queue-messages":
    "Design §4: a queue message that decodes but is not ours is completed and logged without content; one whose work failed comes again.",
  "http.question":
    "Design §3.2: a question has 1–10,000 UTF-16 units, is not blank and reaches the use case unchanged.",
  "http.problem":
    "Design §3.9: every failure is an RFC 9457 problem with code, request id and instance.",
  "http.challenge":
    "Design §3.9: a 401 carries WWW-Authenticate, with Entra's claims when it asks for more, without an error when no token was sent.",
  "http.retry-after": "Design §3.9: 429 and 503 carry an integer Retry-After.",
  "http.base-url":
    "Design §2: absolute links start with PUBLIC_BASE_URL, else with the request's own origin.",
  "http.function-key-mode":
    "Design §3.1: in function-key mode query-app is the function-key caller whatever token is sent, and only owner routes open without a token.",
  "http.configuration-error":
    "Design §2: with a faulty setting every endpoint answers 503 configuration_error.",
  "http.log-belt":
    "Issue 3: a log line holds ids, codes and counts; a value that looks like text or a secret is redacted.",
} as const;
