import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import type { Plan } from "../../../plan/plan.ts";

/* Plans repeat themselves: packed, one of 10,000 changes takes an eighth of the place. Packing is done by other threads. */

const pack = promisify(deflate);
const unpack = promisify(inflate);

export async function packPlan(plan: Plan): Promise<Uint8Array> {
  return pack(JSON.stringify(plan));
}

export async function unpackPlan(packed: Uint8Array): Promise<Plan> {
  const bytes = await unpack(packed);
  return JSON.parse(bytes.toString("utf8"));
}
