import { exportState } from "../../engine/state/export.ts";
import { type ImportResult, importState } from "../../engine/state/import.ts";
import type { State } from "../../engine/state/state.ts";
import type { StateCopy } from "../../engine/state/state-copy.ts";
import { plan, request, session, token } from "../conformance/service-store-samples.ts";
import {
  binding,
  entry,
  intent,
  link,
  minutesAfter,
  morning,
  run,
  take,
} from "../conformance/store-samples.ts";

/* Copies of a state as text, and a state with something in every table. */

export function copyOf(state: State): StateCopy {
  const copy = state.copy();
  if (copy === null) throw new Error("A state in memory has no copy.");
  return copy;
}

export async function exported(state: State, workspace?: string): Promise<string> {
  let text = "";
  const result = await exportState(copyOf(state), {
    ...(workspace === undefined ? {} : { workspace }),
    syncctl: "1.0.0",
    now: morning,
    write: async (more) => {
      text += more;
    },
  });
  if (!result.ok) throw new Error(result.message);
  return text;
}

export function imported(
  state: State,
  text: string,
  more: { readonly workspace?: string; readonly as?: string } = {},
): Promise<ImportResult> {
  return importState(copyOf(state), { ...more, lines: () => linesOf(text) });
}

export async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split("\n").slice(0, -1);
}

/** What no database takes as it stands. */
export const hostile = `'"\\ \u0000 \u001A \uD83D {"a",NULL} \u2028 👷🏽‍♀️ \r\n`;

/** Something in every table, of two workspaces. */
export async function fill(state: State): Promise<void> {
  for (const workspace of ["", "harbour"]) {
    const store = state.workspace(workspace);
    await store.addLink(link("1", { baseline: { first_name: hostile, n: 1.5, none: null } }));
    await store.addLink(link(hostile, { ruleDigest: hostile }));
    await store.recordReadings([
      { connection: "wfp", stream: "people", records: 3, at: minutesAfter(1) },
    ]);
    // Begun in one moment: only their order in the table tells which was first.
    for (const id of ["run-b", "run-a", "run-c"]) {
      await store.startRun(run(id, { planId: `${workspace}${id}`, request: "request-1" }));
    }
    await store.addEntries("run-a", [entry(0), entry(1, { label: hostile, reason: hostile })]);
    await store.finishRun("run-a", { status: "applied", finishedAt: morning, note: hostile });
    const lease = await take(store);
    await store.begin([lease], [intent("2", { fields: { first_name: hostile } })]);
    await store.bind([lease], binding(workspace || "people", { wfp: "1", procore: "4242" }));
  }
  await fillService(state);
}

async function fillService({ service }: State): Promise<void> {
  const at = { workspace: "harbour", mapping: "people" };
  const by = { by: "ilse", at: morning };
  await service.addRequest(request("request-1", { note: hostile, counts: counts(), allow: ["a"] }));
  const packed = plan("plan-1", { id: "plan-1" });
  await service.storePlan({
    plan: packed,
    workspace: "harbour",
    requestId: "request-1",
    status: "waiting",
    approved: [hostile],
  });
  for (const [variable, value] of Object.entries({ a: null, b: [hostile, 1], c: "12", d: false })) {
    await service.setOverride({ ...at, ...by, variable, value });
  }
  await service.setSwitch({ ...at, ...by, isOn: false });
  await service.claimSlot({ ...at, at: morning });
  await service.addToken(token("token-1", { workspaces: ["harbour"] }), "hash-1");
  await service.addSession(session("session-1"), "session-hash-1");
  await service.setNotified({ ...at, condition: "ok", heldDigest: "", at: morning });
}

function counts() {
  const none = { create: 0, update: 0, link: 0, retire: 0, delete: 0, unlink: 0 };
  return { ...none, held: 1, passedOver: 0, inStep: 12 };
}
