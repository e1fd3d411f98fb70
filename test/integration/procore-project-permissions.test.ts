import { describe, expect, test } from "vitest";
import {
  appliedRecord,
  call,
  newRecord,
  problemOf,
  procoreOffices,
  readAll,
} from "../support/procore-directory.ts";

const open = procoreOffices();

const depot = {
  id: 88_000_000_201,
  name: "Harbor Street Depot",
};

describe("a project that the app may not see", () => {
  const hidden = { ...depot, permitted: false };

  test("is not in the list, and is not taken to be missing where Procore says 403", async () => {
    const { stream } = await open({ data: { projects: [hidden, "Ferry Landing"] } });
    const { records } = await readAll(stream("projects"));
    expect(records.map(({ fields }) => fields["name"])).toEqual(["Ferry Landing"]);
    const result = await stream("projects").get?.("88000000201", call);
    expect(result).toMatchObject({
      status: "failed",
      problem: { code: "permission-denied", applied: "no" },
    });
    expect(JSON.stringify(result)).toContain("permit the app the projects");
  });

  test("cannot be told from one that is gone where Procore says 404", async () => {
    const { stream } = await open({
      data: { projects: [hidden, "Ferry Landing"] },
      simulator: { unpermittedStatus: 404 },
    });
    expect(await stream("projects").get?.("88000000201", call)).toEqual({ status: "missing" });
  });

  test("is not taken for gone when the app may see no project any more", async () => {
    const { stream } = await open({
      data: { projects: [hidden] },
      simulator: { unpermittedStatus: 404 },
    });
    const result = await stream("projects").get?.("88000000201", call);
    expect(result).toMatchObject({
      status: "failed",
      problem: { code: "permission-denied", retry: "never", applied: "no" },
    });
    expect(JSON.stringify(result)).toContain("chosen again");
  });

  test("is not taken for gone when nobody can say whether the app may see any", async () => {
    const { stream, simulator } = await open({
      data: { projects: [depot] },
    });
    const path = /v1\.1\/projects$/;
    simulator.faults.add({ kind: "status", status: 403, path });
    expect(await stream("projects").get?.("99", call)).toMatchObject({
      status: "failed",
      problem: { code: "permission-denied" },
    });
    simulator.faults.add({ kind: "status", status: 200, path, body: { projects: [] } });
    expect(await stream("projects").get?.("99", call)).toMatchObject({
      status: "failed",
      problem: { code: "answer-unreadable" },
    });
  });

  test("is not written, one by one or together with others", async () => {
    const { stream } = await open({ data: { projects: [hidden, { ...depot, id: 7 }] } });
    const record = { id: "88000000201", fields: {} };
    const patch = { city: "Olympia" };
    const alone = problemOf(await stream("projects").update?.({ record, patch }, call));
    expect(alone).toMatchObject({ code: "permission-denied", applied: "no" });
    expect(alone.message).toContain("Admin on the project's Admin tool");
    const items = [
      { record, patch },
      { record: { id: "7", fields: {} }, patch },
    ];
    const [refused, done] = (await stream("projects").updateMany?.(items, call)) ?? [];
    expect(problemOf(refused)).toMatchObject({ code: "not-found", applied: "no" });
    expect(appliedRecord(done).fields).toMatchObject(patch);
  });
});

test("without the privilege, the message says what is missing", async () => {
  const { stream } = await open({ simulator: { projectAdmin: false } });
  const problem = problemOf(
    await stream("projects").create?.(newRecord({ name: "Mill Creek Bridge" }), call),
  );
  expect(problem).toMatchObject({ code: "permission-denied", applied: "no" });
  expect(problem.message).toContain("create new projects");
});
