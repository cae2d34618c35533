// Spaces and their access list.

import { hasLevel, requireLevel, visibleSpace } from "../grants.ts";
import type { Handle } from "../http/call.ts";
import { pageNewestFirst } from "../http/page.ts";
import { ok } from "../http/reply.ts";
import { compact, type JsonObject } from "../json.ts";
import type { SimulatedSpace, SpaceLevel } from "../options.ts";

export const listSpaces: Handle = ({ caller, query }, { spaces }) => {
  const visible = spaces.filter(({ spaceId }) => hasLevel(caller, spaceId, "CAN_VIEW"));
  const page = pageNewestFirst(visible, ({ spaceId }) => spaceId, query);
  return ok(compact({ spaces: page.items.map(spaceWire), next_page_token: page.nextPageToken }));
};

export const getSpace: Handle = ({ caller, path, query }, workspace) => {
  const space = visibleSpace(workspace, caller, path.spaceId);
  if (query.get("include_serialized_space") !== "true") return ok(spaceWire(space));
  requireLevel(caller, space.spaceId, "CAN_EDIT");
  return ok({ ...spaceWire(space), etag: "1", serialized_space: serializedSpace(space) });
};

function spaceWire(space: SimulatedSpace): JsonObject {
  return compact({
    space_id: space.spaceId,
    title: space.title,
    description: space.description,
    warehouse_id: space.warehouseId,
    parent_path: space.parentPath,
  });
}

function serializedSpace(space: SimulatedSpace): string {
  const tables = [...(space.tables ?? [])].sort().map((identifier) => ({ identifier }));
  return JSON.stringify({ version: 2, config: {}, data_sources: { tables }, instructions: {} });
}

/** The API's word for CAN_VIEW in access lists is CAN_READ (genie-api.md §5). */
const ACL_LEVELS: Readonly<Record<SpaceLevel, string>> = {
  CAN_VIEW: "CAN_READ",
  CAN_RUN: "CAN_RUN",
  CAN_EDIT: "CAN_EDIT",
  CAN_MANAGE: "CAN_MANAGE",
};

export const getSpacePermissions: Handle = ({ caller, path }, workspace) => {
  const { spaceId } = visibleSpace(workspace, caller, path.spaceId);
  requireLevel(caller, spaceId, "CAN_MANAGE");
  const entries = workspace.principals.all().flatMap((principal) => {
    const level = principal.grants.spaces[spaceId];
    if (level === undefined) return [];
    const name = principal.kind === "user" ? "user_name" : "service_principal_name";
    return {
      [name]: principal.userName,
      display_name: principal.displayName,
      all_permissions: [{ permission_level: ACL_LEVELS[level], inherited: false }],
    };
  });
  return ok({
    object_id: `/genie/${spaceId}`,
    object_type: "genie-space",
    access_control_list: entries,
  });
};
