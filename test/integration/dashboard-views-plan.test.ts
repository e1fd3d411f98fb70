import { describe, expect, test } from "vitest";
import type { Change, GuardResult } from "../../engine/plan/plan.ts";
import {
  approvalParts,
  approvalTitle,
  restText,
} from "../../server/dashboard/source/pages/plan/approval-view.ts";
import { changeShown } from "../../server/dashboard/source/pages/plan/change-view.ts";
import { filterChanges, groupChanges } from "../../server/dashboard/source/pages/plan/groups.ts";
import {
  guardsInTheWay,
  guardsShown,
} from "../../server/dashboard/source/pages/plan/guard-view.ts";
import {
  originText,
  type PlanTold,
  planTitle,
  standText,
} from "../../server/dashboard/source/pages/plan/headline.ts";
import {
  alongText,
  groupTick,
  tick,
  untick,
  waitingAmong,
} from "../../server/dashboard/source/pages/plan/ticks.ts";

/* How the dashboard shows a plan: from what the service tells to what a person reads. */

const users = { connection: "procore", stream: "users" } as const;

function update(id: string, more: Partial<Change> = {}): Change {
  return {
    kind: "update",
    id,
    mapping: "people",
    rule: "users",
    situation: "linked",
    reason: "One field differs.",
    source: { connection: "wfp", stream: "people", id: `P-${id}` },
    label: `Person ${id}`,
    target: { ...users, id: `7-${id}` },
    after: [],
    fields: [
      {
        field: "job_title",
        before: "Apprentice",
        after: "Mason",
        baseline: "Apprentice",
        why: "source-changed",
      },
    ],
    precondition: { digest: "d" },
    agreed: {},
    ...more,
  } as Change;
}

const at = (line: number) => ({ file: "mappings/people.yaml", line, column: 5 });

const rule = {
  mapping: "people",
  rule: "users",
  role: "authoritative",
  digest: "d",
  source: { connection: "wfp", stream: "people" },
  target: users,
  at: at(10),
  fieldsAt: { job_title: at(17) },
  inStep: 0,
  unsettled: 0,
  outside: 0,
} as const;

describe("ticks", () => {
  // c waits for b, b waits for a.
  const waiting = waitingAmong([
    update("a"),
    update("b", { after: ["a"] }),
    update("c", { after: ["b", "b"] }),
    update("d"),
  ]);

  test("ticking a change ticks everything that it waits for", () => {
    expect(tick(new Set(), ["c"], waiting)).toEqual({ ticked: new Set(["c", "b", "a"]), along: 2 });
    expect(tick(new Set(["a", "b"]), ["c"], waiting).along).toBe(0);
  });

  test("unticking a change unticks everything that waits for it", () => {
    const all = new Set(["a", "b", "c", "d"]);
    expect(untick(all, ["a"], waiting)).toEqual({ ticked: new Set(["d"]), along: 2 });
    expect(untick(all, ["c"], waiting)).toEqual({ ticked: new Set(["a", "b", "d"]), along: 0 });
  });

  test("what comes along is told, and only what nobody asked for", () => {
    expect(tick(new Set(), ["a", "b", "c"], waiting).along).toBe(0);
    expect(alongText(0, "ticked")).toBe("");
    expect(alongText(1, "ticked")).toBe(
      "One more change was ticked, because the one you ticked waits for it.",
    );
    expect(alongText(2, "unticked")).toBe(
      "2 more changes were unticked, because they wait for the one you unticked.",
    );
  });

  test("a group shows whether all, some or none of it are ticked", () => {
    const ids = ["a", "b"];
    expect(groupTick(ids, new Set())).toBe("none");
    expect(groupTick(ids, new Set(["b", "d"]))).toBe("some");
    expect(groupTick(ids, new Set(["a", "b"]))).toBe("all");
  });

  test("a circle, which no plan has, ends", () => {
    const turning = waitingAmong([update("a", { after: ["b"] }), update("b", { after: ["a"] })]);
    expect(tick(new Set(), ["a"], turning).ticked).toEqual(new Set(["a", "b"]));
  });
});

describe("groups and filters", () => {
  const contacts = { ...rule, rule: "contacts" };
  const changes = [
    update("1"),
    update("2", { rule: "contacts", kind: "retire" }),
    update("3", { kind: "retire" }),
    update("4"),
  ];

  test("changes stand by mapping, rule and kind, in the order of the file", () => {
    const groups = groupChanges(changes, [contacts, rule]);
    expect(groups.map(({ rule: name, kind, changes: own }) => [name, kind, own.length])).toEqual([
      ["contacts", "retire", 1],
      ["users", "update", 2],
      ["users", "retire", 1],
    ]);
    expect(groups[0]?.way).toBe("wfp/people to procore/users");
  });

  test("a change whose rule is not told is not lost", () => {
    expect(groupChanges(changes, []).flatMap((group) => group.changes)).toHaveLength(4);
  });

  test("search looks into names, addresses and values, and wants every word", () => {
    expect(filterChanges(changes, { search: "" })).toBe(changes);
    expect(filterChanges(changes, { search: "  PERSON p-3 " }).map(({ id }) => id)).toEqual(["3"]);
    expect(filterChanges(changes, { search: "mason" })).toHaveLength(4);
    expect(filterChanges(changes, { search: "mason nobody" })).toEqual([]);
    expect(filterChanges(changes, { kind: "retire", search: "" })).toHaveLength(2);
  });
});

describe("one change", () => {
  const shown = (change: Change, others: readonly Change[] = [], waiting = 0) =>
    changeShown(change, { rule, changes: new Map(others.map((one) => [one.id, one])), waiting });

  test("a field tells before and after, why, and its line", () => {
    const [field] = shown(update("1")).fields;
    expect(field).toEqual({
      field: "job_title",
      before: { value: "Apprentice" },
      after: "Mason",
      why: "the source changed",
      place: "mappings/people.yaml:17:5",
    });
  });

  test("what both sides agreed on is told only where somebody changed the target", () => {
    const drift = {
      field: "email",
      before: "x@b.example",
      after: "a@b.example",
      baseline: "a@b.example",
      why: "drift",
    } as const;
    const [field] = shown(update("1", { fields: [drift] })).fields;
    expect(field?.agreed).toEqual({ value: "a@b.example" });
    expect(field?.why).toBe("somebody changed the target");
    // No line of its own: that of the rule.
    expect(field?.place).toBe("mappings/people.yaml:10:5");
  });

  test("a create shows what will be there, and the record that it waits for by name", () => {
    const first = update("0", { kind: "retire", label: "Ana Souza" });
    const create = shown(
      update("1", {
        kind: "create",
        target: users,
        after: ["0", "not-loaded-yet"],
        agreed: { mobile_phone: null, fax: null },
        fields: [
          { field: "first_name", after: "Ilse", why: "new" },
          { field: "vendor_id", after: null, label: "Northridge", awaits: "0", why: "new" },
          { field: "class_id", after: "12", label: "Crew", why: "new" },
        ],
      } as Partial<Change>),
      [first],
    );
    expect(create.target).toBe("procore/users");
    expect(create.fields.map(({ before }) => before)).toEqual([undefined, undefined, undefined]);
    expect(create.fields[1]?.onceCreated).toBe("Northridge");
    expect(create.fields[2]?.refersTo).toBe("Crew");
    expect(create.rest).toBe("mobile_phone and fax stay empty.");
    expect(create.waitsFor).toEqual(["Ana Souza is retired"]);
  });

  test("a change of another mapping is told with its mapping, and those who wait are counted", () => {
    const first = update("0", { mapping: "contacts", label: " " });
    const { waitsFor, neededBy } = shown(update("1", { after: ["0"] }), [first], 2);
    expect(waitsFor).toEqual(["(no name) is updated by contacts"]);
    expect(neededBy).toBe("2 other changes of this plan wait for it.");
  });
});

describe("guards", () => {
  const guard = (more: Partial<GuardResult> = {}): GuardResult => ({
    code: "too-many-retires",
    mapping: "people",
    message: "The plan retires 12 records. If that is right, add --allow people:too-many-retires",
    allow: "people:too-many-retires",
    allowed: false,
    ...more,
  });

  test("advice for the command line gives way to a tick box", () => {
    const [shown] = guardsShown([guard()]);
    expect(shown?.message).toBe("The plan retires 12 records.");
    expect(shown?.kind).toBe("ask");
  });

  test("every guard must be ticked before the plan can be approved", () => {
    const shown = guardsShown([
      guard(),
      guard({ code: "too-many-creates", allow: "people:too-many-creates" }),
    ]);
    expect(guardsInTheWay(shown, new Set())).toContain("2 guards");
    expect(guardsInTheWay(shown, new Set(["people:too-many-creates"]))).toContain("the guard says");
    expect(
      guardsInTheWay(shown, new Set(["people:too-many-creates", "people:too-many-retires"])),
    ).toBeUndefined();
  });

  test("a guard that was let through asks no more, and one without a way bars the plan", () => {
    expect(guardsInTheWay(guardsShown([guard({ allowed: true })]), new Set())).toBeUndefined();
    const { allow: _allow, ...barred } = guard({ code: "accounts-bound" });
    expect(guardsInTheWay(guardsShown([barred]), new Set(["accounts-bound"]))).toContain(
      "nobody can let it through",
    );
  });
});

describe("what an approval writes", () => {
  test("it is summed up by where it is written, and links are written nowhere", () => {
    const parts = approvalParts([
      update("1"),
      update("2", { kind: "create", target: users } as Partial<Change>),
      update("3", { kind: "link" } as Partial<Change>),
      update("4", { kind: "delete", target: { connection: "wfp", stream: "people", id: "1" } }),
      update("5"),
    ]);
    expect(parts).toEqual([
      { where: "procore/users", what: "2 updated and 1 created", isGrave: false },
      { where: "links (no system is written to)", what: "1 linked", isGrave: false },
      { where: "wfp/people", what: "1 deleted for good", isGrave: true },
    ]);
  });

  test("a part says what becomes of the rest", () => {
    expect(approvalTitle({ total: 12, chosen: 12 })).toBe("Approve all 12 changes?");
    expect(approvalTitle({ total: 1200, chosen: 3 })).toBe("Approve 3 of 1,200 changes?");
    expect(restText({ total: 12, chosen: 12 })).toBeUndefined();
    expect(restText({ total: 12, chosen: 11 })).toContain("One other is not written now");
    expect(restText({ total: 12, chosen: 3 })).toContain("The other 9 are not written now");
  });
});

describe("the head of a plan", () => {
  const told: PlanTold = {
    status: "waiting",
    requestStatus: "waiting",
    purpose: "sync",
    changes: 12,
    held: 3,
    systems: ["Procore"],
    commit: "abc1234567890-dirty",
  };

  test("says what, where, when and from what", () => {
    expect(planTitle(told)).toBe("12 changes to Procore, 3 held");
    expect(planTitle({ ...told, held: 0, systems: ["Procore", "SmartBarrel"] })).toBe(
      "12 changes to Procore and SmartBarrel",
    );
    expect(planTitle({ ...told, changes: 0 })).toBe("No changes, 3 held");
    expect(planTitle({ ...told, purpose: "link", changes: 1 })).toBe("1 link to store, 3 held");
    expect(originText(told)).toBe(" from commit abc1234 and edits that are not committed");
    expect(originText({ ...told, commit: undefined, environment: "staging" })).toBe(
      ", environment staging",
    );
  });

  test("says where the plan stands", () => {
    const by = { decidedBy: "Ana", decidedAt: "3 minutes ago" };
    expect(standText(told)).toBe("It waits for approval. Nothing has been written yet.");
    expect(standText({ ...told, requestStatus: "refused" })).toBe(
      "It was refused, and nothing was written.",
    );
    expect(
      standText({ ...told, ...by, status: "approved", requestStatus: "applying", approved: 5 }),
    ).toBe("Approved in part (5 of 12) by Ana, 3 minutes ago. It is being written now.");
    expect(standText({ ...told, ...by, status: "approved", requestStatus: "partial" })).toContain(
      "not everything went through",
    );
    expect(standText({ ...told, ...by, status: "rejected", requestStatus: "cancelled" })).toBe(
      "Rejected by Ana, 3 minutes ago. Nothing was written.",
    );
    expect(standText({ ...told, status: "superseded", requestStatus: "cancelled" })).toContain(
      "A newer plan has taken its place",
    );
  });
});
