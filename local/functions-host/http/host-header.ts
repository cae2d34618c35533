// Which Host headers the server takes, as Kestrel checks them before any function runs. Without this check a name
// that no URL can hold makes the library throw before it calls the handler, and the client waits for the proxy's end.

const NAME = /^[a-z0-9!$&'()._~-]+$/i;
const IPV6 = /^\[[0-9a-f:.]+\]$/i;
const HOST = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d+))?$/;
const HIGHEST_PORT = 65_535;

/** An empty one is valid (RFC 9112 §3.2), a missing one Node refuses by itself. */
export function isValidHost(host: string | undefined): boolean {
  if (host === undefined || host === "") return true;
  const [, name = "", port = "0"] = HOST.exec(host) ?? [];
  return (NAME.test(name) || IPV6.test(name)) && Number(port) <= HIGHEST_PORT && isInUrl(host);
}

/** Kestrel also takes `[:::]` and ports without an end; no URL can hold them, so they would hang here. */
function isInUrl(host: string): boolean {
  return URL.canParse(`http://${host}/`);
}
