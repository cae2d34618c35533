// SQL warehouses as a caller sees them: without CAN USE there is nothing to see.

import { mayUseWarehouse } from "../grants.ts";
import type { Handle } from "../http/call.ts";
import { ok } from "../http/reply.ts";
import { compact, type JsonObject } from "../json.ts";
import type { SimulatedWarehouse } from "../options.ts";
import { doesNotExist, Refused, warehouseForbidden } from "../refusals.ts";

export const listWarehouses: Handle = ({ caller }, { warehouses }) => {
  const usable = warehouses.filter(({ id }) => mayUseWarehouse(caller, id));
  return ok(compact({ warehouses: usable.map(warehouseWire) }));
};

export const getWarehouse: Handle = ({ caller, path }, { warehouses }) => {
  const warehouse = warehouses.find(({ id }) => id === path.warehouseId);
  if (warehouse === undefined) throw new Refused(doesNotExist(`SQL warehouse ${path.warehouseId}`));
  if (!mayUseWarehouse(caller, warehouse.id)) throw new Refused(warehouseForbidden(caller.userId));
  return ok(warehouseWire(warehouse));
};

function warehouseWire({ id, name, state = "RUNNING" }: SimulatedWarehouse): JsonObject {
  return {
    id,
    name,
    state,
    cluster_size: "2X-Small",
    warehouse_type: "PRO",
    enable_serverless_compute: true,
  };
}
