// The stand's certificates: trusted by this process, by a child process and by curl-like clients, and by nobody
// who was not told so.

import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Certificates,
  createCertificates,
  trustCertificate,
  writeCertificateFile,
} from "../../../local/certificates.ts";
import { type LoopbackServer, startLoopbackServer } from "../../../local/loopback-server.ts";

let certificates: Certificates;
let server: LoopbackServer;
let folder: string;

beforeAll(async () => {
  certificates = await createCertificates();
  server = await startLoopbackServer({ tls: certificates, handle: () => ({ status: 204 }) });
  folder = await mkdtemp(path.join(tmpdir(), "certificates-"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Status that a fresh Node process gets, or what went wrong. */
async function statusInChild(environment: NodeJS.ProcessEnv): Promise<string> {
  const script = `fetch("${server.url}").then((r) => r.status, (e) => e.cause.code).then(console.log)`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
    env: environment,
  });
  return stdout.trim();
}

test("the leaf stands for the loopback names and is signed by the authority", () => {
  const leaf = new X509Certificate(certificates.cert);
  const authority = new X509Certificate(certificates.caPem);
  expect(leaf.verify(authority.publicKey)).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.checkHost("localhost")).toBe("localhost");
  for (const address of ["127.0.0.1", "::1"]) expect(leaf.checkIP(address)).toBe(address);
  expect(leaf.checkHost("login.microsoftonline.com")).toBeUndefined();
});

/** By fingerprint, because Node writes one certificate in more than one PEM form. */
const trusted = () =>
  new Set(tls.getCACertificates("default").map((pem) => new X509Certificate(pem).fingerprint256));

test("fetch trusts it once it is told so, and keeps what it trusted before", async () => {
  const known = trusted();
  await expect(fetch(server.url)).rejects.toThrow();
  trustCertificate(certificates.caPem);
  trustCertificate(certificates.caPem);
  expect(trusted()).toEqual(known.add(new X509Certificate(certificates.caPem).fingerprint256));
  expect((await fetch(server.url)).status).toBe(204);
  expect((await fetch(server.url.replace("localhost", "127.0.0.1"))).status).toBe(204);
});

test("a child process trusts it through the file, which holds no private key", async () => {
  const file = path.join(folder, "ca.pem");
  await writeCertificateFile(file, certificates.caPem);
  expect(await statusInChild({ NODE_EXTRA_CA_CERTS: file })).toBe("204");
  expect(await statusInChild({})).not.toBe("204");
  expect(await readFile(file, "utf8")).not.toContain("PRIVATE KEY");
});

test("the file keeps the certificates of the file that was named before", async () => {
  const other = await createCertificates();
  const before = path.join(folder, "before.pem");
  const both = path.join(folder, "both.pem");
  await writeCertificateFile(before, other.caPem);
  await writeCertificateFile(both, certificates.caPem, before);
  expect((await readFile(both, "utf8")).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(await statusInChild({ NODE_EXTRA_CA_CERTS: both })).toBe("204");
});
