// Chromium driven by playwright-core, for pages of the stand alone: no name but this machine's is looked up, no proxy is
// used, and of all self-made certificates only the stand's own is taken.

import { createHash, X509Certificate } from "node:crypto";
import { type Browser, chromium } from "playwright-core";

export interface BrowserOptions {
  /** Path of Chromium: see findBrowser in browser.ts. */
  readonly executable: string;
  /** Certificate of the stand's https servers, PEM. */
  readonly certificate: string;
}

/** The caller closes it. @throws Error when it does not start */
export function openBrowser({ executable, certificate }: BrowserOptions): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: [
      "--no-sandbox", // containers of CI run as root
      "--no-proxy-server",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
      `--ignore-certificate-errors-spki-list=${keyHashOf(certificate)}`,
    ],
  });
}

/** Base64 of the SHA-256 of its public key: how Chromium is told which certificate is meant. */
function keyHashOf(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}
