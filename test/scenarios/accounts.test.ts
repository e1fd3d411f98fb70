import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../engine/plan/plan.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openStore } from "../../engine/state/open-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  openCompany,
  standardTemplate,
} from "../support/company.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/*
 * One Procore company goes with exactly one Workforce Planning company. The state knows which, from the first run on.
 */

const northridge = "4242";
const lakeside = "4343";
const planningA = "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10";
const planningB = "9d1f7a3c-1111-4222-8333-444455556666";

const person = {
  first_name: "Ilse",
  last_name: "Brandvold",
  email: "ilse@northridge.example",
  is_user: true,
  is_assignable: false,
};

function companies(companyId: string, planning: string, more: CompanyOptions = {}): CompanyOptions {
  return {
    wfp: { companyId: planning, people: [person] },
    procore: {
      companies: [
        { id: 4242, name: "Northridge Builders" },
        { id: 4343, name: "Lakeside Builders" },
      ],
      permissionTemplates: [4242, 4343].map((company_id) => ({
        company_id,
        name: standardTemplate,
        type: "company_tools",
      })),
    },
    connection: { companyId },
    wfpConnection: { companyId: planning },
    ...more,
  };
}

async function withCompany(
  options: CompanyOptions,
  work: (company: Company) => Promise<void>,
): Promise<void> {
  const company = await openCompany(options);
  try {
    await work(company);
  } finally {
    await company.close();
  }
}

async function folderStore(folder: string): Promise<StateStore> {
  return opened(join(folder, "state"));
}

async function opened(state: string): Promise<StateStore> {
  const process_ = { pid: process.pid, host: "test", command: "test" };
  const result = await openStore({ state, clock: systemClock, process: process_ });
  if (!result.ok) throw new Error(result.message);
  return result.store;
}

function refusals(plan: Plan): readonly string[] {
  return plan.guards.filter((guard) => !guard.allowed).map(({ message }) => message);
}

describe.each(["two state folders", "PostgreSQL, where two configurations meet"])("%s", (home) => {
  let folder = "";
  let database: TestDatabase | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "syncctl-accounts-"));
    database = home.startsWith("PostgreSQL") ? await createDatabase() : undefined;
  });
  afterAll(async () => {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });
  /** The state of Northridge. */
  const state = () => (database ? opened(database.url) : folderStore(folder));

  test("A-001, A-004: the first run binds the pair of companies, and later runs go on with it", async () => {
    await withCompany(
      companies(northridge, planningA, { store: await state() }),
      async (company) => {
        const first = await company.plan();
        expect(await company.store.bindings()).toEqual([]);
        expect((await company.apply(first)).status).toBe("applied");
        const [binding] = await company.store.bindings();
        expect(binding?.accounts.map(({ system, account }) => `${system} ${account}`)).toEqual([
          `procore company ${northridge}`,
          `workforce-planning company ${planningA}`,
        ]);
        expect(binding?.systemOfRecord).toBe("wfp/people");
        expect(changeLines(await company.plan())).toEqual([]);
      },
    );
  });

  test.each([
    ["A-002: one Procore company with another Workforce Planning company", northridge, planningB],
    ["A-003: one Workforce Planning company with another Procore company", lakeside, planningA],
    ["A-005: another pair altogether, where the mapping is bound already", lakeside, planningB],
  ])(
    "%s is refused with both names and the way out, and nothing is written or read",
    async (_, companyId, planning) => {
      await withCompany(
        companies(companyId, planning, { store: await state() }),
        async (company) => {
          const before = company.procore.log.length;
          const plan = await company.plan();
          const [message = "", ...others] = refusals(plan);
          expect(others).toEqual([]);
          expect(plan.guards.map(({ code }) => code)).toEqual(["accounts-bound"]);
          for (const name of [northridge, planningA, companyId, planning]) {
            expect(message).toContain(`company ${name}`);
          }
          expect(message).toContain("syncctl accounts release people");
          expect(message).toContain("state of its own");
          const result = await company.apply(plan);
          expect(result).toMatchObject({ status: "refused", refusal: { code: "plan-refused" } });
          expect((await company.plan({ purpose: "link" })).guards).toHaveLength(1);
          expect(
            (await company.plan({ allow: ["people:accounts-bound"] })).guards[0]?.allowed,
          ).toBe(false);
          expect(company.procore.log.length).toBe(before);
          expect(company.directory.users()).toEqual([]);
        },
      );
    },
  );

  test("A-005: a plan from before somebody else bound the company is refused when it is applied", async () => {
    const elsewhere = home.startsWith("PostgreSQL")
      ? await createDatabase()
      : { url: join(folder, "race"), drop: async () => {} };
    try {
      const mine = await opened(elsewhere.url);
      await withCompany(companies(northridge, planningB, { store: mine }), async (company) => {
        const plan = await company.plan();
        expect(refusals(plan)).toEqual([]);
        const account = (connection: string, system: string, id: string) => ({
          connection,
          system,
          title: system,
          account: `company ${id}`,
        });
        await mine.bind([], {
          mapping: "directory",
          accounts: [
            account("office", "procore", northridge),
            account("planning", "workforce-planning", planningA),
          ],
          systemOfRecord: "planning/people",
          at: new Date(),
        });
        expect(await company.apply(plan)).toMatchObject({
          status: "refused",
          refusal: { code: "accounts-bound" },
        });
        expect(company.directory.users()).toEqual([]);
      });
    } finally {
      await elsewhere.drop();
    }
  });

  test("A-004: another pair works with a state of its own, and after the old pairing was released", async () => {
    const other = await openStoreOfItsOwn(folder);
    await withCompany(companies(lakeside, planningB, { store: other }), async (company) => {
      expect((await company.sync()).result.status).toBe("applied");
    });
    const store = await state();
    const lease = await store.acquireLease("mapping:people", "a person", 60_000);
    if (!lease.ok) throw new Error("the lease is taken");
    expect(await store.unbind([lease.lease], "people")).toEqual({ links: 1, intents: 0 });
    await store.releaseLease(lease.lease);
    await withCompany(companies(lakeside, planningB, { store }), async (company) => {
      expect((await company.sync()).result.status).toBe("applied");
      expect(company.directory.users()).toHaveLength(1);
    });
  });
});

function openStoreOfItsOwn(folder: string): Promise<StateStore> {
  return opened(join(folder, "second"));
}
