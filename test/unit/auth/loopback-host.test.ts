// Which hosts count as this machine: the vault's challenge check is off for these alone.

import { expect, test } from "vitest";
import { isLoopbackHost } from "../../../shared/auth/loopback-host.ts";

const hostOf = (host: string) => new URL(`https://${host}/`).hostname;

test("loopback addresses are loopback, however a URL spells them", () => {
  for (const host of ["localhost", "LOCALHOST:8443", "127.0.0.1", "127.1", "0x7f.0.0.1", "[::1]"]) {
    expect(isLoopbackHost(hostOf(host)), host).toBe(true);
  }
});

test("no other host is, whatever it contains", () => {
  for (const host of [
    "genie.vault.azure.net",
    "localhost.attacker.example",
    "127.0.0.1.attacker.example",
    "127.attacker.example",
    "10.0.0.1",
    "169.254.169.254",
    "[::2]",
    "0.0.0.0",
  ]) {
    expect(isLoopbackHost(hostOf(host)), host).toBe(false);
  }
});
