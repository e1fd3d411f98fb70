import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectors } from "../../connectors/registry.ts";
import { audit } from "../../engine/audit/audit.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import type { PlanInput, Reading, RuleInput } from "../../engine/plan/input.ts";
import { evaluateRule } from "../../engine/run/evaluate.ts";
import { ruleDigest } from "../../engine/run/rule-digest.ts";
import { streamText } from "../../engine/value/address.ts";
import { chance, type Somebody, somePeople } from "../support/audit-people.ts";

/*
 * The audit with as many records on each side, against a floor of the same run: both sides put into maps, and each
 * record looked up by its key. Reports ratios, and how the time grows; absolute figures stand beside them for
 * orientation.
 *
 *   node test/bench/audit.ts                  1,000, 10,000 and 50,000 a side
 *   node test/bench/audit.ts 1000 5000
 *
 * `usual`: nine of ten are the same on both sides, 4 in a hundred nearly match, the rest is on one side only.
 * `strangers`: nobody has a counterpart, so that everybody is looked for: the worst case of the search.
 */

const cases = ["usual", "strangers"] as const;
type Case = (typeof cases)[number];

interface Measured {
  readonly floorMs: number;
  readonly plansMs: number;
  readonly auditMs: number;
  readonly peakMb: number;
  readonly findings: number;
  readonly near: number;
}

interface Sides {
  readonly people: readonly StreamRecord[];
  readonly users: readonly StreamRecord[];
  /** People with a planted slip, who have to be found. */
  readonly planted: number;
}

function sidesOf(size: number, which: Case): Sides {
  const random = chance(3);
  const here = somePeople(size, 1);
  const strangers = somePeople(size, 2);
  let planted = 0;
  const there = here.map((one, at): Somebody => {
    const stranger = { ...strangers[at], ...strangerValues(at) } as Somebody;
    if (which === "strangers") return stranger;
    const share = at % 100;
    if (share < 90) return one;
    if (share >= 94) return stranger;
    planted += 1;
    return slipped(one, random);
  });
  return {
    people: here.map((one, at) => ({ id: `p${at}`, fields: personFields(one) })),
    users: there.map((one, at) => ({ id: `u${at}`, fields: userFields(one) })),
    planted,
  };
}

function strangerValues(at: number): Partial<Somebody> {
  return {
    email: `x${at}@oldname.example`,
    number: String(2_000_000 + at * 13),
    phone: `+1 206 ${String(4_440_000_000 + at * 41).slice(-7)}`,
  };
}

function slipped(one: Somebody, random: () => number): Somebody {
  const at = 1 + Math.floor(random() * (one.last.length - 1));
  const last = one.last.slice(0, at) + one.last.slice(at + 1);
  return { ...one, last, email: one.email.replace("northridge", "oldname") };
}

function personFields({ first, last, email, number, phone }: Somebody) {
  return {
    first_name: first,
    last_name: last,
    email,
    phone,
    employee_number: number,
    job_title: "Carpenter",
    status: "active",
    is_user: true,
    is_assignable: false,
  };
}

function userFields({ first, last, email, number, phone }: Somebody) {
  return {
    first_name: first,
    last_name: last,
    email_address: email,
    mobile_phone: phone,
    business_phone: null,
    employee_id: number,
    job_title: "Foreman",
    is_active: true,
    is_employee: true,
  };
}

/** What a script would do that knows the one key: no rules, no plan, no near misses. */
function floorMs({ people, users }: Sides): number {
  const before = performance.now();
  const byEmail = new Map(users.map((user) => [String(user.fields["email_address"]), user]));
  const byId = new Map(people.map((person) => [person.id, person]));
  let found = 0;
  for (const person of byId.values()) if (byEmail.has(String(person.fields["email"]))) found += 1;
  const spentMs = performance.now() - before;
  if (found > people.length) throw new Error("not what was meant");
  return spentMs;
}

async function shippedMapping(): Promise<Mapping> {
  const folder = await mkdtemp(join(tmpdir(), "syncctl-bench-"));
  try {
    await mkdir(join(folder, "mappings"));
    const auth = { clientId: "a", clientSecret: "secret" };
    const wfp = {
      connector: "workforce-planning",
      companyId: "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10",
      baseUrl: "http://127.0.0.1:1",
      auth: { ...auth, email: "a@b.example" },
    };
    const procore = { connector: "procore", companyId: "1", baseUrl: "http://127.0.0.1:1", auth };
    const project = { version: 1, connections: { wfp, procore }, mappings: ["mappings/*.yaml"] };
    await writeFile(join(folder, "syncctl.yaml"), JSON.stringify(project));
    const shipped = await readFile(join(import.meta.dirname, "../../mappings/people.yaml"), "utf8");
    await writeFile(join(folder, "mappings/people.yaml"), shipped);
    const loaded = await loadProject({ directory: folder, env: {}, connectors });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    const [mapping] = loaded.project.mappings;
    if (!mapping) throw new Error("no mapping");
    return mapping;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As if it had been read. */
async function inputOf(mapping: Mapping, { people, users }: Sides): Promise<PlanInput> {
  const now = new Date("2026-03-02T08:00:00Z");
  const template = {
    id: "31",
    fields: { name: "Workforce Planning Standard", type: "company_tools" },
  };
  const records: Readonly<Record<string, readonly StreamRecord[]>> = {
    people,
    users,
    templates: [template],
  };
  const readings = new Map<string, Reading>();
  for (const { name, ref, schema } of mapping.sources) {
    const list = records[name] ?? [];
    readings.set(streamText(ref), {
      ref,
      schema,
      startedAt: now,
      readLagMs: 0,
      ended: true,
      records: new Map(list.map((record) => [record.id, record])),
    });
  }
  const scope = {
    vars: mapping.vars,
    records: (name: string) => (records[name] ?? []).map(({ id, fields }) => ({ ...fields, id })),
    now,
    phoneCountry: "US",
  };
  const rules: RuleInput[] = [];
  for (const rule of mapping.rules) {
    const source = readings.get(streamText(rule.source.ref))?.records ?? new Map();
    const { signal } = new AbortController();
    const how = { scope, linked: () => false, signal, progress: () => {} };
    const evaluations = await evaluateRule(rule, source, how);
    const digest = ruleDigest(mapping, rule);
    const nothing = { links: new Map(), intents: [], origins: new Map() };
    rules.push({ rule, digest, living: true, evaluations, ...nothing });
  }
  return {
    settings: {
      purpose: "link",
      allow: [],
      only: [],
      exclude: [],
      phoneCountry: "US",
      engineVersion: "bench",
      configurationDigest: "bench",
    },
    now,
    mappings: [{ mapping, rules, links: [] }],
    readings,
    others: new Map(),
    made: [],
    pastReadings: new Map(),
  };
}

async function measure(size: number, which: Case): Promise<Measured> {
  const sides = sidesOf(size, which);
  const input = await inputOf(await shippedMapping(), sides);
  const floor = floorMs(sides);
  const beforePlans = performance.now();
  const linking = buildPlan(input);
  const syncing = buildPlan({ ...input, settings: { ...input.settings, purpose: "sync" } });
  const beforeAudit = performance.now();
  const made = audit(input, linking, syncing);
  const auditMs = performance.now() - beforeAudit;
  const near = made.findings.filter(({ code }) => code === "near-miss").length;
  if (near < sides.planted) throw new Error(`${near} of ${sides.planted} planted slips were found`);
  return {
    floorMs: floor,
    plansMs: beforeAudit - beforePlans,
    auditMs,
    peakMb: process.resourceUsage().maxRSS / 1024,
    findings: made.findings.length,
    near,
  };
}

/** In a process of its own, so that nobody pays for the memory of the one before. */
async function measured(size: number, which: Case): Promise<Measured> {
  const words = [import.meta.filename, "measure", String(size), which];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the measurement ended with ${code}`);
  return JSON.parse(out);
}

function line(size: number, which: Case, one: Measured, before: Measured | undefined): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const growth = before ? `${(one.auditMs / before.auditMs).toFixed(1)}x` : "";
  return [
    String(size).padStart(6),
    which.padEnd(9),
    `${Math.round(one.auditMs / one.floorMs)}x the floor`.padStart(16),
    growth.padStart(8),
    seconds(one.auditMs).padStart(9),
    seconds(one.plansMs).padStart(9),
    `${one.floorMs.toFixed(0)} ms`.padStart(8),
    `${Math.round(one.peakMb)} MB`.padStart(8),
    String(one.near).padStart(7),
    String(one.findings).padStart(9),
  ].join("  ");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const [first, ...rest] = process.argv.slice(2);
if (first === "measure") {
  process.stdout.write(JSON.stringify(await measure(Number(rest[0]), rest[1] as Case)));
} else {
  const sizes = [first, ...rest].flatMap((word) => (word === undefined ? [] : [Number(word)]));
  print(
    "a side  case           audit / floor    grown      audit  two plans     floor      peak     near   findings",
  );
  for (const which of cases) {
    let before: Measured | undefined;
    for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 50_000]) {
      const one = await measured(size, which);
      print(line(size, which, one, before));
      before = one;
    }
  }
}
