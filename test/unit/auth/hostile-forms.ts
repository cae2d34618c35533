// Hostile tokens by form, algorithm and key: none may pass, whatever its claims say. All are 401.

import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { encode, signHmac, type TokenForge } from "../../support/token-forge.ts";
import type { HostileToken } from "./hostile-token.ts";

const good = (forge: TokenForge) => forge.sign(forge.userClaims());
const parts = (token: string): [string, string, string] => {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return [header, payload, signature];
};
/** Signed with the published key, but with this header. */
const withHeader = (header: Record<string, unknown>) => (forge: TokenForge) =>
  forge.sign(forge.userClaims(), { header });
const unsigned = (alg: string) => (forge: TokenForge) =>
  `${encode(JSON.stringify({ alg, kid: "key-1" }))}.${encode(JSON.stringify(forge.userClaims()))}.`;
const publicPem = (forge: TokenForge) =>
  forge.key.publicKey.export({ format: "pem", type: "spki" });

/** Signed by another algorithm family with a key of the forger's. */
function ecSigned(forge: TokenForge): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const header = encode(JSON.stringify({ alg: "ES256", kid: "key-1" }));
  const input = `${header}.${encode(JSON.stringify(forge.userClaims()))}`;
  const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  return `${input}.${sign("sha256", Buffer.from(input), key).toString("base64url")}`;
}

function resigned(forge: TokenForge, alg: string, hash: string, options = {}): string {
  const header = encode(JSON.stringify({ alg, kid: "key-1", typ: "JWT" }));
  const input = `${header}.${encode(JSON.stringify(forge.userClaims()))}`;
  const key = { key: forge.key.privateKey, ...options };
  return `${input}.${sign(hash, Buffer.from(input), key).toString("base64url")}`;
}

const PSS = { padding: 6, saltLength: 32 };

const ALGORITHMS: readonly HostileToken[] = [
  { name: "alg none", make: unsigned("none") },
  { name: "alg None", make: unsigned("None") },
  { name: "alg NONE with a dummy signature", make: (forge) => `${unsigned("NONE")(forge)}AAAA` },
  { name: "alg empty", make: withHeader({ alg: "" }) },
  { name: "alg missing", make: withHeader({ alg: undefined }) },
  { name: "alg as array", make: withHeader({ alg: ["RS256"] }) },
  { name: "alg in lower case", make: withHeader({ alg: "rs256" }) },
  {
    name: "HS256 keyed with the public key as PEM",
    make: (forge) => signHmac({ alg: "HS256", kid: "key-1" }, forge.userClaims(), publicPem(forge)),
  },
  {
    name: "HS256 keyed with the modulus",
    make: (forge) =>
      signHmac({ alg: "HS256", kid: "key-1" }, forge.userClaims(), String(forge.key.jwk.n)),
  },
  {
    name: "HS256 signature under an RS256 header",
    make: (forge) => {
      const [header, payload] = parts(good(forge));
      const mac = createHmac("sha256", publicPem(forge)).update(`${header}.${payload}`).digest();
      return `${header}.${payload}.${encode(mac)}`;
    },
  },
  { name: "ES256 with a key of the forger", make: ecSigned },
  { name: "PS256 with the right key", make: (forge) => resigned(forge, "PS256", "sha256", PSS) },
  { name: "RS384 with the right key", make: (forge) => resigned(forge, "RS384", "sha384") },
  { name: "RS512 with the right key", make: (forge) => resigned(forge, "RS512", "sha512") },
  {
    name: "PSS signature under an RS256 header",
    make: (forge) => resigned(forge, "RS256", "sha256", PSS),
  },
];

const KEYS: readonly HostileToken[] = [
  {
    name: "wrong key under the right kid",
    make: (forge) => forge.sign(forge.userClaims(), { key: forge.foreignKey }),
  },
  {
    name: "embedded jwk",
    make: (forge) =>
      forge.sign(forge.userClaims(), {
        key: forge.foreignKey,
        header: { jwk: forge.foreignKey.jwk },
      }),
  },
  {
    name: "embedded jwk of the right key",
    make: (forge) => withHeader({ jwk: forge.key.jwk })(forge),
  },
  { name: "jku", make: withHeader({ jku: "https://attacker.example/keys" }) },
  { name: "x5u", make: withHeader({ x5u: "https://attacker.example/cert" }) },
  { name: "x5c", make: withHeader({ x5c: ["MIIB"] }) },
  { name: "crit with an unknown extension", make: withHeader({ crit: ["exp"], exp: 1 }) },
  { name: "crit b64 (unencoded payload)", make: withHeader({ crit: ["b64"], b64: false }) },
  { name: "crit empty", make: withHeader({ crit: [] }) },
  { name: "b64 false without crit", make: withHeader({ b64: false }) },
  { name: "zip", make: withHeader({ zip: "DEF" }) },
  { name: "kid missing", make: withHeader({ kid: undefined }) },
  { name: "kid unknown", make: withHeader({ kid: "key-2" }) },
  { name: "kid in other case", make: withHeader({ kid: "KEY-1" }) },
  { name: "kid as number", make: withHeader({ kid: 1 }) },
  { name: "kid as array", make: withHeader({ kid: ["key-1"] }) },
  { name: "kid as path", make: withHeader({ kid: "../../../../dev/null" }) },
  { name: "kid as SQL", make: withHeader({ kid: "' OR 1=1 --" }) },
  { name: "kid __proto__", make: withHeader({ kid: "__proto__" }) },
  { name: "kid with a null byte", make: withHeader({ kid: "key-1\u0000" }) },
  { name: "kid of 10,000 characters", make: withHeader({ kid: "k".repeat(10_000) }) },
  { name: "typ of another kind of token", make: withHeader({ typ: "dpop+jwt" }) },
  { name: "typ as object", make: withHeader({ typ: {} }) },
  { name: "cty JWT (nested)", make: withHeader({ cty: "JWT" }) },
];

const FORMS: readonly HostileToken[] = [
  { name: "garbage", make: () => "not-a-token" },
  { name: "three dots of nothing", make: () => ".." },
  { name: "1 MB", make: () => `${"a".repeat(1_000_000)}.b.c` },
  {
    name: "just over 16 KB, well signed",
    make: (forge) => forge.sign(forge.userClaims({ pad: "x".repeat(13_000) })),
  },
  { name: "two parts", make: (forge) => parts(good(forge)).slice(0, 2).join(".") },
  { name: "four parts", make: (forge) => `${good(forge)}.AAAA` },
  { name: "five parts (JWE)", make: (forge) => `${good(forge)}.AAAA.AAAA` },
  { name: "empty signature", make: (forge) => `${parts(good(forge)).slice(0, 2).join(".")}.` },
  {
    name: "signature of another token",
    make: (forge) => {
      const [header, payload] = parts(
        forge.sign(forge.userClaims({ scp: "access_as_user admin" })),
      );
      return `${header}.${payload}.${parts(good(forge))[2]}`;
    },
  },
  {
    name: "one flipped bit in the signature",
    make: (forge) => {
      const [header, payload, signature] = parts(good(forge));
      const bytes = Buffer.from(signature, "base64url");
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      return `${header}.${payload}.${encode(bytes)}`;
    },
  },
  { name: "signature cut short", make: (forge) => good(forge).slice(0, -8) },
  {
    name: "signature respelt in its unused bits",
    make: (forge) => {
      const token = good(forge);
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      const last = alphabet.indexOf(token.slice(-1));
      return `${token.slice(0, -1)}${alphabet[last ^ 1]}`;
    },
  },
  { name: "base64 padding", make: (forge) => `${good(forge)}==` },
  {
    name: "standard base64 letters",
    make: (forge) => `${parts(good(forge)).slice(0, 2).join(".")}.++//`,
  },
  { name: "nested token as payload", make: (forge) => forge.sign(good(forge)) },
  {
    name: "payload a JSON array",
    make: (forge) => forge.sign(JSON.stringify([forge.userClaims()])),
  },
  { name: "payload null", make: (forge) => forge.sign("null") },
  { name: "payload a JSON string", make: (forge) => forge.sign('"claims"') },
  { name: "payload empty", make: (forge) => forge.sign("") },
  {
    name: "payload cut off",
    make: (forge) => forge.sign(JSON.stringify(forge.userClaims()).slice(0, -1)),
  },
  {
    name: "payload deeply nested",
    make: (forge) => forge.sign(`${"[".repeat(5_000)}${"]".repeat(5_000)}`),
  },
  {
    name: "header an array",
    make: (forge) => `${encode('["RS256"]')}.${parts(good(forge)).slice(1).join(".")}`,
  },
  {
    name: "header not JSON",
    make: (forge) => `${encode("RS256")}.${parts(good(forge)).slice(1).join(".")}`,
  },
  {
    name: "header not UTF-8",
    make: (forge) =>
      `${encode(Buffer.from([0xff, 0xfe]))}.${parts(good(forge)).slice(1).join(".")}`,
  },
  { name: "homoglyph in the token", make: (forge) => good(forge).replace("e", "е") },
  { name: "null byte at the end", make: (forge) => `${good(forge)}\u0000` },
  { name: "line break inside", make: (forge) => good(forge).replace(".", ".\n") },
  { name: "tab at the end", make: (forge) => `${good(forge)}\t` },
  { name: "space in front", make: (forge) => ` ${good(forge)}` },
  { name: "two tokens in one header", make: (forge) => `${good(forge)} ${good(forge)}` },
  { name: "two headers joined", make: (forge) => `${good(forge)}, Bearer ${good(forge)}` },
  { name: "percent-encoded", make: (forge) => good(forge).replaceAll(".", "%2E") },
  { name: "in quotes", make: (forge) => `"${good(forge)}"` },
];

export const HOSTILE_FORMS: readonly HostileToken[] = [...ALGORITHMS, ...KEYS, ...FORMS];
