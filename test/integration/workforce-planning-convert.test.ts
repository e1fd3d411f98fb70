import { describe, expect, it } from "vitest";
import {
  createToWire,
  groupFromWire,
  jobTitleFromWire,
  joinJobTitle,
  patchToWire,
  permissionLevelFromWire,
  personFromWire,
} from "../../connectors/workforce-planning/convert.ts";
import { pageFromWire } from "../../connectors/workforce-planning/page.ts";
import { idFromWire } from "../../connectors/workforce-planning/wire.ts";

const ilse = {
  id: "7f7a2f14-0c33-4f0e-9b52-93c3a9e6d101",
  name: { first: "Ilse", last: "Brandvold" },
  is_user: false,
  is_assignable: true,
  status: "active",
  email: null,
  phone: "+12065550142",
  employee_number: "NR-2041",
  job_title_id: "c4a1b0de-5a0d-4f57-9a51-6b2a1d0e7702",
  group_ids: ["g2", "g1"],
  created_at: "2026-01-12T16:04:05.120Z",
  updated_at: "2026-01-12T16:04:05.120Z",
};

function fieldsOf(wire: unknown) {
  const converted = personFromWire(wire);
  if (!converted.ok) throw new Error(converted.reason);
  return converted.record.fields;
}

function reasonOf(wire: unknown): string {
  const converted = personFromWire(wire);
  if (converted.ok) throw new Error("It was read, and must not be.");
  return converted.reason;
}

describe("a person as it is answered", () => {
  it("has its name in one object and its groups in a list", () => {
    expect(personFromWire(ilse)).toEqual({
      ok: true,
      record: {
        id: "7f7a2f14-0c33-4f0e-9b52-93c3a9e6d101",
        fields: {
          first_name: "Ilse",
          last_name: "Brandvold",
          email: null,
          phone: "+12065550142",
          employee_number: "NR-2041",
          job_title_id: "c4a1b0de-5a0d-4f57-9a51-6b2a1d0e7702",
          status: "active",
          is_user: false,
          is_assignable: true,
          group_ids: "g1,g2",
          created_at: "2026-01-12T16:04:05.120Z",
          updated_at: "2026-01-12T16:04:05.120Z",
        },
      },
    });
  });

  it.each([
    ["ISO 8601 in another zone", "2026-01-12T17:04:05.120+01:00", "2026-01-12T16:04:05.120Z"],
    ["ISO 8601 without a zone", "2026-01-12T16:04:05", "2026-01-12T16:04:05.000Z"],
    ["a day", "2026-01-12", "2026-01-12T00:00:00.000Z"],
    ["epoch milliseconds", 1768233845120, "2026-01-12T16:04:05.120Z"],
    ["null", null, null],
    ["a number beyond all time", 1e300, undefined],
    ["words", "last Tuesday", undefined],
    ["an object", {}, undefined],
  ])("tells its time as %s", (_name, wire, field) => {
    expect(fieldsOf({ ...ilse, updated_at: wire })["updated_at"]).toBe(field);
  });

  it("has null where text is empty, and no field where a key is missing", () => {
    const { phone: _phone, name: _name, ...less } = ilse;
    const fields = fieldsOf({ ...less, employee_number: "" });
    expect(fields["employee_number"]).toBeNull();
    expect(fields).not.toHaveProperty("phone");
    expect(fields).not.toHaveProperty("first_name");
  });

  it("keeps text as it is, however long or strange", () => {
    const long = "x".repeat(1_000_000);
    const strange = "a\u0000b\u001b[31m\u202e\ud800 <script>";
    const fields = fieldsOf({ ...ilse, name: { first: long, last: strange } });
    expect(fields["first_name"]).toBe(long);
    expect(fields["last_name"]).toBe(strange);
  });

  it("takes the digits of an integer where text belongs", () => {
    expect(fieldsOf({ ...ilse, employee_number: 2041 })["employee_number"]).toBe("2041");
  });

  it("is not changed by keys that mean something to JavaScript", () => {
    const text = `{"__proto__": {"is_user": true}, "constructor": {"name": "x"}, ${JSON.stringify(ilse).slice(1)}`;
    expect(fieldsOf(JSON.parse(text))).toEqual(fieldsOf(ilse));
    expect(reasonOf(JSON.parse('{"__proto__": {"id": "p1"}}'))).toBe(
      "a person came without a usable id",
    );
    const { is_user: _flag, ...inherited } = ilse;
    expect(reasonOf(Object.assign(Object.create({ is_user: true }), inherited))).toContain(
      "is_user",
    );
  });

  it.each([
    ["phone", 12.5, "a number in phone and not text or null"],
    ["email", ["a@b.example"], "a list in email and not text or null"],
    ["name", "Ilse", "no object to hold a value in name.first and not text or null"],
    ["status", "archived", "a string in status and not active or inactive"],
    ["status", null, "null in status and not active or inactive"],
    ["is_user", "true", "a string in is_user and not true or false"],
    ["is_user", undefined, "nothing in is_user and not true or false"],
    ["is_assignable", null, "null in is_assignable and not true or false"],
    ["job_title_id", "../groups", "a string in job_title_id and not an id or null"],
    ["group_ids", "g1", "a string in group_ids and not a list of ids"],
    ["group_ids", [1.5], "a list in group_ids and not a list of ids"],
  ])("is not read with the wrong %s: %j", (key, value, reason) => {
    expect(reasonOf({ ...ilse, [key]: value })).toBe(`the person ${ilse.id} has ${reason}`);
  });

  it.each([null, undefined, 7, "person", [], [ilse]])("is not read out of %j", (wire) => {
    expect(reasonOf(wire)).toMatch(/^a person came as /);
  });

  it.each(["", "..", "a/b", "a b", "%2e", "x".repeat(101), "\ud800", 1.5, null, {}, true])(
    "has no id %j",
    (id) => {
      expect(idFromWire(id)).toBeNull();
      expect(reasonOf({ ...ilse, id })).toBe("a person came without a usable id");
    },
  );
});

describe("the text of a job title", () => {
  const person = { id: "p1", fields: { job_title_id: "t1" } };

  it("is joined to the id", () => {
    expect(joinJobTitle(person, new Map([["t1", "Pipefitter"]])).fields["job_title"]).toBe(
      "Pipefitter",
    );
  });

  it("is empty when there is no such title or the person has none", () => {
    expect(joinJobTitle(person, new Map()).fields["job_title"]).toBeNull();
    const untitled = { id: "p1", fields: { job_title_id: null } };
    expect(joinJobTitle(untitled, new Map()).fields["job_title"]).toBeNull();
  });

  it("is not told when the id is not", () => {
    expect(joinJobTitle({ id: "p1", fields: {} }, new Map()).fields).toEqual({});
  });
});

describe("the lists that people refer to", () => {
  it("are read by name", () => {
    expect(groupFromWire({ id: "g1", name: "North", timezone: "America/Denver" })).toEqual({
      ok: true,
      record: { id: "g1", fields: { name: "North", timezone: "America/Denver" } },
    });
    expect(jobTitleFromWire({ id: "t1", name: "Pipefitter", globally_accessible: true })).toEqual({
      ok: true,
      record: { id: "t1", fields: { name: "Pipefitter", globally_accessible: true } },
    });
    expect(permissionLevelFromWire({ id: "l1", name: "Admin" })).toEqual({
      ok: true,
      record: { id: "l1", fields: { name: "Admin" } },
    });
  });

  it("are not read with a wrong name", () => {
    expect(groupFromWire({ id: "g1", name: {} })).toEqual({
      ok: false,
      reason: "the group g1 has an object in name and not text or null",
    });
  });
});

describe("a page of people", () => {
  const full = Array.from({ length: 400 }, () => ilse);

  it.each([
    ["an envelope with more behind it", { possible_pages: 2, current_page: 0, data: [1] }, "yes"],
    ["the last envelope", { possible_pages: 1, current_page: 0, data: [1] }, "no"],
    ["the envelope of an empty list", { possible_pages: 0, current_page: 0, data: [] }, "no"],
    ["an envelope that does not say which page it is", { possible_pages: 1, data: [1] }, "no"],
    ["a bare list", [1, 2], "no"],
    ["an empty bare list", [], "no"],
    ["a bare list of exactly a full page", full, "perhaps"],
    ["a bare list of more than a full page", [...full, ilse], "no"],
  ])("can be %s", (_name, body, more) => {
    const page = pageFromWire(body, 0, "people");
    expect(page.ok ? page.more : page.reason).toBe(more);
  });

  it.each([
    ["nothing", null],
    ["text", "<html>"],
    ["an object of another shape", { items: [] }],
    ["an envelope without its number of pages", { data: [] }],
    ["another page than the one asked for", { possible_pages: 3, current_page: 2, data: [1] }],
    ["an empty page before the last", { possible_pages: 3, current_page: 0, data: [] }],
  ])("is never %s", (_name, body) => {
    expect(pageFromWire(body, 0, "people").ok).toBe(false);
  });
});

describe("what is sent", () => {
  it("has the names apart, and null for everything that is emptied", () => {
    expect(patchToWire({ first_name: "Ilse", phone: "", email: null })).toEqual({
      first_name: "Ilse",
      phone: null,
      email: null,
    });
  });

  it("leaves empty values out of a create, save for the groups", () => {
    const fields = { first_name: "Ilse", last_name: "Brandvold", phone: "", email: null };
    expect(createToWire({ ...fields, group_ids: " g1, g2,,g3 " })).toEqual({
      first_name: "Ilse",
      last_name: "Brandvold",
      group_ids: ["g1", "g2", "g3"],
    });
    expect(createToWire(fields)["group_ids"]).toEqual([]);
  });
});
