// Runs in the sign-in window at /docs/oauth2-redirect: hands the code, or what went wrong, to the Swagger UI that opened
// the window. A code is handed over only with the state that this very sign-in began with (RFC 6749 §10.12).

interface SignIn {
  readonly state: string;
  readonly redirectUrl: string;
  readonly auth: { name: string; code?: string };
  callback(result: { auth: SignIn["auth"]; redirectUrl: string }): void;
  errCb(error: { authId: string; source: string; level: string; message: string }): void;
}

const NOBODY_WAITS =
  "No sign-in waits for this page. Open /docs at this very address and choose Authorize.";

/** What Swagger UI leaves on its window while it waits (swagger-ui-dist 5.35.0, oauth2-redirect.js). */
type Opener = Window & { swaggerUIRedirectOauth2?: SignIn };

/** The window that asked; undefined when this page was opened by hand or the asking page is gone or foreign. */
function waitingSignIn(): SignIn | undefined {
  try {
    return (window.opener as Opener | null)?.swaggerUIRedirectOauth2;
  } catch {
    return undefined; // of another origin
  }
}

function finish(signIn: SignIn, answer: URLSearchParams): void {
  const { auth, redirectUrl } = signIn;
  const fail = (message: string) =>
    signIn.errCb({ authId: auth.name, source: "auth", level: "error", message });
  const code = answer.get("code");
  if (answer.get("state") !== signIn.state) fail("The answer does not belong to this sign-in.");
  else if (code !== null) signIn.callback({ auth: Object.assign(auth, { code }), redirectUrl });
  else fail(answer.get("error_description") ?? answer.get("error") ?? "Entra sent no code.");
}

const waiting = waitingSignIn();
const message = document.getElementById("message");
if (waiting !== undefined) {
  finish(waiting, new URLSearchParams(location.search));
  window.close();
} else {
  history.replaceState(null, "", location.pathname); // a code in an address is seen, copied and remembered
  if (message !== null) message.textContent = NOBODY_WAITS;
}
