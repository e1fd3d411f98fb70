import { describe, expect, test } from "vitest";
import { shift, staff, worker } from "../support/two-views.ts";
import {
  cards,
  eagerWorkerPeople,
  staffContacts,
  staffUsers,
  workerPeople,
} from "../support/two-views-project.ts";
import { heldOf, startTwoViews, steps } from "../support/two-views-run.ts";

/*
 * Mappings that create people in one list, each through a stream of its own: what a plan says of somebody whom more than
 * one of them would create.
 */

const olav = { name: "Olav Berg", number: "7" };
const olavEverywhere = {
  staff: [staff("s1", olav)],
  workers: [worker("w1", olav)],
  shifts: [shift("h1", { worker: "w1" })],
};
const lagMs = 30_000;
const lagging = { lagMs: { contacts: lagMs, people: lagMs, users: lagMs } };
const theWorkers = { mappings: ["worker-people", "cards"] };
const theStaff = { mappings: ["staff-contacts"] };

describe("in one plan", () => {
  test.each([
    ["first", [staffContacts, workerPeople, cards]],
    ["last", [cards, workerPeople, staffContacts]],
    ["in the middle", [workerPeople, staffContacts, cards]],
  ])(
    "who keeps the person creates them, also with the files in another order: %s",
    async (_where, mappings) => {
      const run = await startTwoViews({ ...olavEverywhere, mappings });
      const plan = await run.sync();
      expect(steps(plan)).toEqual(["create contacts s1"]);
      const held = plan.held.find(({ mapping }) => mapping === "worker-people");
      expect(held).toMatchObject({ code: "made-elsewhere", situation: "absent" });
      expect(held?.reason).toBe(
        "The mapping staff-contacts is creating this person in office/contacts. The two are tied as soon as a reading shows the record.",
      );
      expect(plan.held.find(({ mapping }) => mapping === "cards")).toMatchObject({
        code: "reference-missing",
        reason: expect.stringContaining("The mapping staff-contacts is creating this person"),
      });
      expect(steps(await run.sync())).toEqual(["link people w1", "create cards h1"]);
      expect(run.people()).toEqual(["7 Olav Berg"]);
      expect((await run.plan()).changes).toEqual([]);
    },
  );

  test.each([
    ["contacts", "people", [staffContacts, eagerWorkerPeople]],
    ["people", "contacts", [eagerWorkerPeople, staffContacts]],
    ["users", "people", [staffUsers, eagerWorkerPeople]],
    ["people", "users", [eagerWorkerPeople, staffUsers]],
  ])(
    "of two that keep the person the first creates them: %s before %s",
    async (first, second, mappings) => {
      const run = await startTwoViews({ ...olavEverywhere, mappings });
      const plan = await run.sync();
      expect(plan.changes.map(({ kind, target }) => `${kind} ${target.stream}`)).toEqual([
        `create ${first}`,
      ]);
      expect(plan.held).toMatchObject([{ code: "made-elsewhere" }]);
      const next = await run.sync();
      expect(next.changes.map(({ kind, target }) => `${kind} ${target.stream}`)).toEqual([
        `link ${second}`,
      ]);
      expect(run.people()).toEqual(["7 Olav Berg"]);
      expect((await run.plan()).changes).toEqual([]);
    },
  );

  test("of three views each sees what the others make", async () => {
    const mappings = [staffUsers, staffContacts, workerPeople, cards];
    const run = await startTwoViews({ ...olavEverywhere, mappings });
    const plan = await run.sync();
    expect(steps(plan)).toEqual(["create users s1"]);
    expect(heldOf(plan)).toEqual([
      "made-elsewhere s1",
      "made-elsewhere w1",
      "reference-missing h1",
    ]);
    await run.sync();
    expect(run.people()).toEqual(["7 Olav Berg"]);
    expect((await run.plan()).changes).toEqual([]);
  });

  test("only those who share a key wait; the others are created", async () => {
    const run = await startTwoViews({
      ...olavEverywhere,
      workers: [worker("w1", olav), worker("w2", { name: "Ann Lee", number: "8" })],
      shifts: [shift("h1", { worker: "w1" }), shift("h2", { worker: "w2" })],
    });
    expect(steps(await run.sync())).toEqual([
      "create contacts s1",
      "create people w2",
      "create cards h2",
    ]);
    await run.sync();
    expect(run.people()).toEqual(["7 Olav Berg", "8 Ann Lee"]);
  });

  test("who is held for a reason of their own is in nobody's way", async () => {
    const mappings = [
      staffContacts.replace("title: title", "title: { from: title, required: true }"),
      workerPeople,
      cards,
    ];
    const run = await startTwoViews({ ...olavEverywhere, mappings });
    expect(steps(await run.sync())).toEqual(["create people w1", "create cards h1"]);
    run.edit("staff", "s1", { title: "Foreman" });
    expect(steps(await run.sync())).toEqual(["link contacts s1", "update contacts s1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("a person who is mentioned, but needed by nothing that is written, is in nobody's way", async () => {
    const others = workerPeople
      .replace("mapping: worker-people", "mapping: staff-people")
      .replace(
        "workers: { connection: office, stream: workers }",
        "workers: { connection: office, stream: staff }",
      );
    const required = cards.replace("hours: hours", "hours: { from: hours, required: true }");
    const visits = required
      .replace("mapping: cards", "mapping: visits")
      .replace("stream: shifts", "stream: visits")
      .replace("stream: cards", "stream: passes")
      .replace("through: worker-people", "through: staff-people");
    const run = await startTwoViews({
      ...olavEverywhere,
      visits: [{ id: "v1", fields: { worker: "s1", hours: null } }],
      mappings: [others, visits, workerPeople, required],
    });
    const plan = await run.sync();
    expect(heldOf(plan)).toEqual(["value-missing v1"]);
    expect(steps(plan)).toEqual(["create people w1", "create cards h1"]);
    expect(steps(await run.sync())).toEqual(["link people s1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
    expect((await run.plan()).changes).toEqual([]);
  });
});

describe("a mapping gives somebody a number", () => {
  const wrong = { name: "Olav Berg", number: "70" };

  test.each([
    ["before", [staffContacts, workerPeople, cards]],
    ["after", [workerPeople, cards, staffContacts]],
    ["before one that keeps the person", [staffContacts, eagerWorkerPeople]],
    ["after one that keeps the person", [eagerWorkerPeople, staffContacts]],
  ])("that another would create in the same plan: %s", async (_where, mappings) => {
    const run = await startTwoViews({ staff: [staff("s1", wrong)], mappings });
    await run.sync();
    run.edit("staff", "s1", olav);
    run.world.stream("workers").put(worker("w1", olav));
    run.world.stream("shifts").put(shift("h1", { worker: "w1" }));
    const plan = await run.sync();
    expect(steps(plan)).toEqual(["update contacts s1"]);
    expect(plan.held[0]).toMatchObject({
      code: "made-elsewhere",
      source: { id: "w1" },
      reason:
        "The mapping staff-contacts is updating this person in office/contacts. The two are tied as soon as a reading shows the record.",
    });
    expect(steps(await run.sync())[0]).toBe("link people w1");
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("and no reading of the other shows it yet", async () => {
    const run = await startTwoViews({ staff: [staff("s1", wrong)], ...lagging });
    await run.sync();
    run.clock.advance(2 * lagMs);
    run.edit("staff", "s1", olav);
    expect(steps(await run.sync())).toEqual(["update contacts s1"]);
    run.world.stream("workers").put(worker("w1", olav));
    run.world.stream("shifts").put(shift("h1", { worker: "w1" }));
    run.clock.advance(1_000);
    expect(heldOf(await run.plan(theWorkers))[0]).toBe("made-elsewhere w1");
    run.clock.advance(lagMs);
    expect(steps(await run.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("and the answer to that was lost", async () => {
    const run = await startTwoViews({ staff: [staff("s1", wrong)], ...lagging });
    await run.sync();
    run.clock.advance(2 * lagMs);
    run.edit("staff", "s1", olav);
    run.world.fail({ stream: "contacts", call: "update", kind: "lose-answer" });
    await run.sync();
    run.world.stream("workers").put(worker("w1", olav));
    run.world.stream("shifts").put(shift("h1", { worker: "w1" }));
    run.clock.advance(1_000);
    expect(heldOf(await run.plan(theWorkers))[0]).toBe("made-elsewhere w1");
    run.clock.advance(lagMs);
    expect(steps(await run.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });
});

describe("planned alone", () => {
  test("what the other has just created counts until a reading shows it", async () => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging });
    await run.sync(theStaff);
    run.clock.advance(1_000);
    const plan = await run.plan(theWorkers);
    expect(heldOf(plan)).toEqual(["made-elsewhere w1", "reference-missing h1"]);
    expect(plan.held[0]?.reason).toBe(
      "The mapping staff-contacts has just written this person in office/contacts. The two are tied as soon as a reading shows the record.",
    );
    run.clock.advance(lagMs - 1_001);
    expect(heldOf(await run.plan(theWorkers))[0]).toBe("made-elsewhere w1");
    run.clock.advance(1);
    expect(steps(await run.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("and the other way round: who keeps people waits for one that was made for a card", async () => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging });
    await run.sync(theWorkers);
    run.clock.advance(1_000);
    expect(heldOf(await run.plan(theStaff))).toEqual(["made-elsewhere s1"]);
    run.clock.advance(lagMs);
    expect(steps(await run.sync(theStaff))).toEqual(["link contacts s1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("also through a stream that has other ids and other names of fields", async () => {
    const mappings = [staffUsers, workerPeople, cards];
    const run = await startTwoViews({ ...olavEverywhere, ...lagging, mappings });
    await run.sync({ mappings: ["staff-users"] });
    run.clock.advance(1_000);
    expect(heldOf(await run.plan(theWorkers))[0]).toBe("made-elsewhere w1");
    run.clock.advance(lagMs);
    expect(steps(await run.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test.each(["lose-answer", "lose-request"] as const)(
    "a create in doubt holds the other until it is answered: %s",
    async (kind) => {
      const run = await startTwoViews({ ...olavEverywhere, ...lagging });
      run.world.fail({ stream: "contacts", call: "create", kind });
      await run.sync(theStaff);
      expect(run.people()).toHaveLength(kind === "lose-answer" ? 1 : 0);
      for (const pause of [1_000, lagMs, 86_400_000]) {
        run.clock.advance(pause);
        const plan = await run.plan(theWorkers);
        // Once a reading shows the record, the key finds it whatever the other one still wonders about.
        const isShown = kind === "lose-answer" && pause >= lagMs;
        if (isShown) expect(steps(plan)).toEqual(["link people w1", "create cards h1"]);
        else expect(heldOf(plan)).toEqual(["made-elsewhere w1", "reference-missing h1"]);
      }
      expect(steps(await run.sync(theStaff))).toEqual([
        kind === "lose-answer" ? "link contacts s1" : "create contacts s1",
      ]);
      run.clock.advance(lagMs);
      expect(steps(await run.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
      expect(run.people()).toEqual(["7 Olav Berg"]);
    },
  );

  test("an answer that came by the origin id, before any list shows the record, holds the other as well", async () => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging, origin: true });
    run.world.fail({ stream: "contacts", call: "create", kind: "lose-answer" });
    await run.sync(theStaff);
    run.clock.advance(1_000);
    expect(steps(await run.sync(theStaff))).toEqual(["link contacts s1"]);
    run.clock.advance(1_000);
    expect(heldOf(await run.plan(theWorkers))[0]).toBe("made-elsewhere w1");
    // Nor is the record taken for lost by the mapping that has made it.
    const own = await run.plan(theStaff);
    expect([own.changes, own.held]).toEqual([[], []]);
    run.clock.advance(lagMs);
    expect(steps(await run.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("both lose the answer in turn, and there is one person in the end", async () => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging });
    run.world.fail({ stream: "contacts", call: "create", kind: "lose-request" });
    await run.sync(theStaff);
    run.world.fail({ stream: "people", call: "create", kind: "lose-answer" });
    await run.sync(theWorkers);
    expect(run.people()).toEqual([]);
    for (let round = 0; round < 4; round += 1) {
      run.clock.advance(2 * lagMs);
      await run.sync();
    }
    expect(run.people()).toEqual(["7 Olav Berg"]);
    expect((await run.plan()).changes).toEqual([]);
  });

  test("and it counts although its own source is gone by now: the link stays until a reading shows the record", async () => {
    const gone = eagerWorkerPeople.replace("found: link", "found: link, gone: unlink");
    const run = await startTwoViews({
      ...olavEverywhere,
      mappings: [staffContacts, gone],
      lagMs: { contacts: lagMs, people: 0 },
    });
    await run.sync({ mappings: ["worker-people"] });
    run.world.stream("workers").remove("w1");
    run.clock.advance(1_000);
    const early = await run.sync({ mappings: ["worker-people"] });
    expect([early.changes, early.rules.map(({ unsettled }) => unsettled)]).toEqual([[], [1]]);
    expect(heldOf(await run.plan(theStaff))).toEqual(["made-elsewhere s1"]);
    run.clock.advance(lagMs);
    expect(steps(await run.sync())).toEqual(["link contacts s1", "unlink people w1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });
});
