// Certificates of the local stand: a certificate authority that lives for this run alone, and a leaf for the
// loopback names. The authority's private key is thrown away at once, so that nobody can make another
// certificate that this machine trusts; nothing is ever written but the public part.

import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import tls from "node:tls";
import { generate } from "selfsigned";

export interface Certificates {
  /** Certificate of the authority, PEM: what clients must trust. */
  readonly caPem: string;
  /** Private key and certificate of the https servers, PEM. */
  readonly key: string;
  readonly cert: string;
}

const DAY_MS = 86_400_000;
const ALT_NAMES: { type: 2 | 7; value?: string; ip?: string }[] = [
  { type: 2, value: "localhost" },
  { type: 7, ip: "127.0.0.1" },
  { type: 7, ip: "::1" },
];

/** Makes both in pure JavaScript (about 50 ms). Valid from yesterday (clock differences) for 30 days. */
export async function createCertificates(): Promise<Certificates> {
  const now = Date.now();
  const base = {
    algorithm: "sha256",
    keyType: "ec",
    curve: "P-256",
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + 30 * DAY_MS),
  } as const;
  // A name of its own: OpenSSL finds issuers by name, so two authorities of one name shadow each other.
  const name = `Genie Gateway local stand ${randomBytes(4).toString("hex")}`;
  const authority = await generate([{ name: "commonName", value: name }], {
    ...base,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: "localhost" }], {
    ...base,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "subjectAltName", altNames: ALT_NAMES },
      { name: "extKeyUsage", serverAuth: true },
    ],
  });
  return { caPem: authority.cert, key: leaf.private, cert: leaf.cert };
}

/** Adds the authority to what this process trusts: fetch, node:https, and so msal, identity and Key Vault. */
export function trustCertificate(caPem: string): void {
  tls.setDefaultCACertificates([...new Set([...tls.getCACertificates("default"), caPem])]);
}

/**
 * Writes the authority's certificate for `curl --cacert` and for `NODE_EXTRA_CA_CERTS` of a child process.
 * @param also a file that variable names already: its certificates are kept, because the variable takes one file.
 */
export async function writeCertificateFile(
  file: string,
  caPem: string,
  also?: string,
): Promise<void> {
  const known = also ? await readFile(also, "utf8") : "";
  await writeFile(file, known ? `${known.trimEnd()}\n${caPem}` : caPem);
}
