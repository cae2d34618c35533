// What this project promises about health, as ids that tests cite (see all.ts).

export const health = {
  "health.shape":
    "Design §3.8: status, version and the six checks, each ok, degraded, failed or skipped.",
  "health.503": "Design §3.8: 503 if and only if one check failed.",
  "health.bounded": "Design §3.8: checks run in parallel, each at most 8 s, the whole within 10 s.",
  "health.shared": "Design §3.8: checks are shared between callers for 10 s.",
  "health.secret-expiry": "Design §3.8: the secret is degraded from 30 days before its expiry.",
  "health.cached": "Design §3.8: what is served from cache is degraded.",
  "health.details":
    "Design §3.8: details are fixed phrases plus setting names; no host, id, date or value.",
  "health.configuration":
    "Design §2: with a broken configuration the check names the faulty settings and the others are skipped.",
} as const;
