// What a principal may do: level on a space, CAN USE on a warehouse, SELECT on tables.
// Checked at every request, so that a grant taken away works at once.

import { type SimulatedSpace, SPACE_LEVELS, type SpaceLevel } from "./options.ts";
import type { Principal } from "./principals.ts";
import { permissionDenied, Refused, spaceForbidden, spaceNotFound } from "./refusals.ts";
import type { Workspace } from "./workspace.ts";

/** The space if the caller has any level on it; else throws 403 or 404, as the workspace is set to. */
export function visibleSpace(
  workspace: Workspace,
  caller: Principal,
  spaceId: string,
): SimulatedSpace {
  const space = workspace.spaces.find((candidate) => candidate.spaceId === spaceId);
  const level = caller.grants.spaces[spaceId];
  if (space === undefined) throw new Refused(spaceNotFound(spaceId));
  if (level !== undefined) return space;
  throw new Refused(
    workspace.behaviour.noSpaceGrant === "not_found"
      ? spaceNotFound(spaceId)
      : spaceForbidden(spaceId, caller.userId),
  );
}

export function hasLevel(caller: Principal, spaceId: string, needed: SpaceLevel): boolean {
  const level = caller.grants.spaces[spaceId];
  return level !== undefined && SPACE_LEVELS.indexOf(level) >= SPACE_LEVELS.indexOf(needed);
}

export function requireLevel(caller: Principal, spaceId: string, needed: SpaceLevel): void {
  if (hasLevel(caller, spaceId, needed)) return;
  throw new Refused(
    permissionDenied(`User ${caller.userId} does not have ${needed} on ${spaceId}`),
  );
}

export function mayUseWarehouse(caller: Principal, warehouseId: string): boolean {
  return caller.grants.warehouses.includes(warehouseId);
}

/** The first table without SELECT; undefined when all may be read. */
export function forbiddenTable(caller: Principal, tables: readonly string[]): string | undefined {
  const { tables: granted } = caller.grants;
  if (granted === "all") return undefined;
  const names = new Set(granted.map(lastPart));
  return tables.find((table) => !names.has(lastPart(table)));
}

function lastPart(table: string): string {
  return table.replaceAll("`", "").split(".").at(-1)?.toLowerCase() ?? "";
}

/** The text that Unity Catalog gives, in a FAILED message and in a failed statement. */
export function insufficientPermissions(table: string): string {
  return `[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have permission SELECT on Table '${table}'. SQLSTATE: 42501`;
}
