import { describe, expect, it } from "vitest";
import { companyId } from "../support/workforce-planning-office.ts";
import { startProduct, user, worker } from "../support/workforce-planning-product.ts";

describe("a person who is created", () => {
  it.each([
    ["a worker", worker],
    ["a user", user],
    ["an Admin without a group", { ...user, permission_level_id: "admin", group_ids: [] }],
    ["with a password", { ...user, password: "Sandpiper7" }],
  ])("can be %s", async (_name, body) => {
    const { ask, simulator } = await startProduct();
    expect(await ask("POST", "/people", body)).toMatchObject({
      status: 200,
      body: { id: "5eed0000-0000-4000-8000-000000000001" },
    });
    expect(simulator.people()).toHaveLength(2);
  });

  const { first_name: _first, ...nameless } = worker;
  const { email: _email, ...mailless } = user;
  it.each([
    ["without a first name", nameless, 400, "first_name"],
    ["without a status", { ...worker, status: undefined }, 400, "status"],
    ["without groups", { ...worker, group_ids: undefined }, 400, "group_ids"],
    ["in no group", { ...worker, group_ids: [] }, 400, "group_ids"],
    ["in a group that is not there", { ...worker, group_ids: ["west"] }, 400, "group_ids"],
    ["with a title that is not there", { ...worker, job_title_id: "x" }, 400, "job_title_id"],
    [
      "with a level that is not there",
      { ...user, permission_level_id: "x" },
      400,
      "permission_level_id",
    ],
    ["as a user without an address", mailless, 400, "email"],
    [
      "as a user without a level",
      { ...user, permission_level_id: null },
      400,
      "permission_level_id",
    ],
    ["neither user nor assignable", { ...worker, is_assignable: false }, 400, "is_assignable"],
    ["with a status of its own", { ...worker, status: "retired" }, 400, "status"],
    ["with an unknown key", { ...worker, nickname: "Mo" }, 400, "nickname"],
    ["with a weak password", { ...user, password: "sandpiper" }, 400, "password"],
    ["with a phone number that is taken", { ...worker, phone: "1-206-555-0142" }, 409, "phone"],
    [
      "with an address that is taken",
      { ...worker, email: "Ilse@Northridge.example" },
      409,
      "email",
    ],
  ])("cannot be %s", async (_name, body, status, field) => {
    const { ask, simulator } = await startProduct();
    const answer = await ask("POST", "/people", body);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveProperty(["errors", field]);
    expect(simulator.people()).toHaveLength(1);
  });

  it("upsets the product with an empty phone number", async () => {
    const { ask } = await startProduct();
    expect((await ask("POST", "/people", { ...worker, phone: "" })).status).toBe(500);
    expect((await ask("POST", "/people/ilse", { phone: "" })).status).toBe(500);
    expect((await ask("POST", "/people/ilse", { phone: null })).status).toBe(200);
  });

  it("is invited by mail as a user without a password, unless that is not wanted", async () => {
    const { ask, simulator } = await startProduct();
    await ask("POST", "/people", worker);
    await ask("POST", "/people", { ...user, email: "a@b.example", no_invite: true });
    await ask("POST", "/people", { ...user, email: "b@b.example", password: "Sandpiper7" });
    expect(simulator.invitations).toEqual([]);
    await ask("POST", "/people", user);
    await ask("POST", "/people/ilse/user", { permission_level_id: "viewer" });
    expect(simulator.invitations.map(({ email }) => email)).toEqual([
      "mia@northridge.example",
      "ilse@northridge.example",
    ]);
  });

  it("never gets the id of somebody who was deleted", async () => {
    const { ask } = await startProduct();
    const first = await ask("POST", "/people", worker);
    const { id } = first.body as { id: string };
    await ask("DELETE", `/people/${id}`);
    expect((await ask("POST", "/people", worker)).body).not.toEqual({ id });
  });
});

describe("a person who is changed", () => {
  it("is answered whole, with the name in one object and two keys misspelt", async () => {
    const { ask } = await startProduct();
    const { status, body } = await ask("POST", "/people/ilse", {
      last_name: "Berg",
      can_receive_sms: true,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: "ilse",
      company_id: companyId,
      name: { first: "Ilse", last: "Berg" },
      can_recieve_sms: true,
      can_recieve_email: false,
      phone: "+12065550142",
      created_at: "2026-01-12T16:04:05.000Z",
      updated_at: "2026-03-02T08:00:00.000Z",
    });
    for (const key of ["first_name", "can_receive_sms", "permission_level_id", "no_invite"]) {
      expect(body).not.toHaveProperty(key);
    }
  });

  it("keeps its time stamp, and has no answer but 304, when nothing changes", async () => {
    const { ask, simulator } = await startProduct();
    const before = simulator.people();
    expect(await ask("POST", "/people/ilse", { last_name: "Brandvold" })).toMatchObject({
      status: 304,
      body: null,
    });
    expect(simulator.people()).toEqual(before);
  });

  it.each([
    ["out of all groups", { group_ids: [] }, "group_ids"],
    ["to neither type", { is_assignable: false }, "is_user"],
    ["to a user without a level", { is_user: true }, "permission_level_id"],
    ["with a password", { password: "Sandpiper7" }, "password"],
    ["to no name", { first_name: null }, "first_name"],
  ])("cannot be changed %s", async (_name, body, field) => {
    const { ask } = await startProduct();
    const answer = await ask("POST", "/people/ilse", body);
    expect(answer.status).toBe(400);
    expect(answer.body).toHaveProperty(["errors", field]);
  });

  it("can be of no type if the data said so, and can still be edited", async () => {
    const { ask, simulator } = await startProduct();
    simulator.load({
      people: [{ id: "ghost", first_name: "A", last_name: "B", is_assignable: false }],
    });
    expect((await ask("POST", "/people/ghost", { last_name: "C" })).status).toBe(200);
  });

  it("gets a login and loses it again, and stays assignable", async () => {
    const { ask, simulator } = await startProduct();
    expect((await ask("POST", "/people/ilse/user", {})).status).toBe(400);
    expect((await ask("POST", "/people/ilse/user", { permission_level_id: "viewer" })).status).toBe(
      200,
    );
    expect(simulator.people()[0]).toMatchObject({ is_user: true, is_assignable: true });
    expect((await ask("DELETE", "/people/ilse/user")).status).toBe(200);
    expect(simulator.people()[0]).toMatchObject({ is_user: false, is_assignable: true });
  });

  it("joins groups and leaves them, but not the last", async () => {
    const { ask } = await startProduct();
    expect((await ask("POST", "/people/ilse/groups", { group_id: "south" })).body).toEqual({
      group_ids: ["north", "south"],
    });
    expect((await ask("DELETE", "/people/ilse/groups/north")).body).toEqual({
      group_ids: ["south"],
    });
    expect((await ask("DELETE", "/people/ilse/groups/south")).status).toBe(400);
    expect((await ask("POST", "/people/ilse/groups", { group_id: "west" })).status).toBe(400);
  });

  it("is gone after it was deleted", async () => {
    const { ask } = await startProduct();
    expect(await ask("DELETE", "/people/ilse")).toMatchObject({
      status: 200,
      body: { id: "ilse" },
    });
    expect((await ask("GET", "/people/ilse")).status).toBe(404);
    expect((await ask("DELETE", "/people/ilse")).status).toBe(404);
    expect((await ask("GET", "/people")).body).toEqual([]);
  });
});
