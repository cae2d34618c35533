// Whom and what variants/everything.bicepparam declares, so that assertions know it from a stranger. The standard variant
// declares nobody.

export const DECLARED = {
  officer: "44444444-4444-4444-8444-444444444444",
  deployer: "55555555-5555-4555-8555-555555555555",
  adminAddressRanges: ["203.0.113.0/24"],
} as const;
