// Whom and what each of variants/*.bicepparam declares, so that assertions know it from a stranger. What is not here, nobody asked
// for.

import type { Variant } from "./infrastructure.ts";

interface Holder {
  readonly objectId: string;
  readonly kind: "User" | "Group" | "ServicePrincipal";
}

interface Declared {
  readonly officer?: Holder;
  readonly deployer?: Holder;
  readonly isPrivate: boolean;
  readonly adminAddressRanges: readonly string[];
  readonly alertEmail?: string;
}

const OFFICER = "44444444-4444-4444-8444-444444444444";

export const DECLARED: Readonly<Record<Variant, Declared>> = {
  standard: { isPrivate: false, adminAddressRanges: [] },
  everything: {
    officer: { objectId: OFFICER, kind: "Group" },
    deployer: { objectId: "55555555-5555-4555-8555-555555555555", kind: "ServicePrincipal" },
    isPrivate: true,
    adminAddressRanges: ["203.0.113.0/24"],
    alertEmail: "on-call@example.com",
  },
  closed: {
    officer: { objectId: OFFICER, kind: "User" },
    isPrivate: true,
    adminAddressRanges: [],
  },
  large: { isPrivate: false, adminAddressRanges: [], alertEmail: "others@example.com" },
};
