// What the simulated tenant knows: users, applications with their secrets, and what Entra would refuse
// whom. It decides nothing; the grants ask it.

import { randomBytes } from "node:crypto";
import type { Clock } from "../../shared/telemetry/clock.ts";
import type { SimulatedUser } from "../users.ts";
import type { SimulatedApp } from "./registration.ts";

/** What Entra holds against a user: 65001, 50076, 53003, 50105, 50173. */
export type UserCondition = "needs-consent" | "needs-mfa" | "blocked" | "not-assigned" | "revoked";

export interface Directory {
  readonly users: readonly SimulatedUser[];
  user(objectId: unknown): SimulatedUser | undefined;
  addUser(user: SimulatedUser): void;
  app(clientId: string | null): SimulatedApp | undefined;
  /** The application that exposes this client id or App ID URI. */
  api(identifier: string): SimulatedApp | undefined;
  readonly apps: readonly SimulatedApp[];
  /** Registered single-page redirect URIs of this application. */
  redirectUris(clientId: string): readonly string[];
  addRedirectUri(clientId: string, uri: string): void;
  condition(objectId: string): UserCondition | undefined;
  setCondition(objectId: string, condition: UserCondition | undefined): void;
  addSecret(clientId: string, options?: { value?: string; expiresOn?: Date }): string;
  removeSecret(clientId: string, value: string): void;
  expireSecret(clientId: string, value: string): void;
  checkSecret(clientId: string, value: string): "valid" | "expired" | "unknown";
}

interface Secret {
  readonly clientId: string;
  readonly value: string;
  expiresAtMs: number;
}

const TWO_YEARS_MS = 730 * 86_400_000;

/** The secrets of all applications; an application may hold several at once, as while one is rotated. */
function createSecrets(clock: Clock) {
  let secrets: Secret[] = [];
  const find = (clientId: string, value: string) =>
    secrets.find((secret) => secret.clientId === clientId && secret.value === value);
  return {
    addSecret: (clientId: string, options: { value?: string; expiresOn?: Date } = {}) => {
      const value = options.value ?? randomBytes(30).toString("base64url");
      const expiresAtMs = options.expiresOn?.getTime() ?? clock.now() + TWO_YEARS_MS;
      secrets.push({ clientId, value, expiresAtMs });
      return value;
    },
    removeSecret: (clientId: string, value: string) => {
      const gone = find(clientId, value);
      secrets = secrets.filter((secret) => secret !== gone);
    },
    expireSecret: (clientId: string, value: string) => {
      const secret = find(clientId, value);
      if (secret) secret.expiresAtMs = clock.now();
    },
    checkSecret: (clientId: string, value: string) => {
      const secret = find(clientId, value);
      if (!secret) return "unknown" as const;
      return secret.expiresAtMs > clock.now() ? "valid" : "expired";
    },
  };
}

export function createDirectory(options: {
  readonly users: readonly SimulatedUser[];
  readonly apps: readonly SimulatedApp[];
  readonly clock: Clock;
}): Directory {
  const users = [...options.users];
  const conditions = new Map<string, UserCondition>();
  const redirectUris = new Map(
    options.apps.map((app) => [app.clientId, [...(app.redirectUris ?? [])]]),
  );
  const user = (objectId: unknown) => users.find((known) => known.objectId === objectId);
  return {
    users,
    apps: options.apps,
    user,
    addUser: (added) => {
      if (!user(added.objectId)) users.push(added);
    },
    app: (clientId) => options.apps.find((app) => app.clientId === clientId),
    api: (identifier) =>
      options.apps.find(
        (app) => app.api && (app.clientId === identifier || app.api.appIdUri === identifier),
      ),
    redirectUris: (clientId) => redirectUris.get(clientId) ?? [],
    addRedirectUri: (clientId, uri) => {
      redirectUris.get(clientId)?.push(uri);
    },
    condition: (objectId) => conditions.get(objectId),
    setCondition: (objectId, condition) => {
      if (condition) conditions.set(objectId, condition);
      else conditions.delete(objectId);
    },
    ...createSecrets(options.clock),
  };
}
