import { smartbarrelConnector } from "../../connectors/smartbarrel/connector.ts";
import {
  simulatorTokens,
  startSmartbarrelSimulator,
} from "../../connectors/smartbarrel/simulator/simulator.ts";
import {
  type Configuration,
  otherShape,
  smartbarrelData,
  smartbarrelKeys,
} from "../support/smartbarrel-office.ts";
import {
  type ConformanceHarness,
  describeConnector,
  type StreamSample,
  type WriteAbility,
} from "./connector-suite.ts";

const mara = {
  first_name: "Mara",
  last_name: "Quist",
  phone: "+12065550177",
  payroll_id: "NR-2050",
  position_id: "pos_8",
  status: "active",
  procore_user_id: "88177",
};

const samples: Readonly<Record<string, StreamSample>> = {
  workers: {
    missingId: "wkr_999999",
    create: {
      fields: [mara, { first_name: "Jon", last_name: "Vik", status: "inactive" }],
      invalid: { ...mara, position_id: "pos_999999" },
    },
    update: {
      id: "wkr_1042",
      patch: { last_name: "Berg", phone: "+12065550199", status: "inactive" },
      invalid: { phone: "+12065550143" },
      emptied: "payroll_id",
    },
  },
  positions: {
    missingId: "pos_999999",
    create: {
      fields: [{ name: "Mason", code: "MAS" }, { name: "Rigger" }],
      invalid: { name: "carpenter" },
    },
    update: {
      id: "pos_7",
      patch: { name: "Lead carpenter" },
      invalid: { name: "LABORER" },
      emptied: "code",
    },
  },
  projects: {
    missingId: "prj_999999",
    create: {
      fields: [
        { name: "School", timezone: "America/Denver", include_sub_workers: true },
        { name: "Clinic", procore_project_id: "5512" },
      ],
      invalid: { number: "26-016" },
    },
    update: {
      id: "prj_9",
      patch: { name: "Harbor Depot", only_approved_shifts: false },
      invalid: { name: null },
      emptied: "procore_project_id",
    },
  },
  cost_codes: { missingId: "cc_999999" },
  shifts: { missingId: "shf_999999" },
  shift_entries: { missingId: "shf_1:ent_999999" },
};

/** A third day, so that there is one between others. */
const data = {
  ...smartbarrelData,
  shifts: [
    ...smartbarrelData.shifts,
    {
      id: "shf_4",
      worker_id: "wkr_1042",
      project_id: "prj_9",
      date: "2026-03-07",
      entries: [
        { id: "ent_1", hours: 4, cost_code_id: "cc_31" },
        { id: "ent_2", hours: 4, cost_code_id: "cc_32" },
      ],
    },
  ],
};

interface Shape {
  readonly definition: Configuration;
  readonly paths: Readonly<Record<string, string>>;
  /** Streams whose lists come whole. */
  readonly whole: readonly string[];
  readonly updates: Readonly<Record<string, string>>;
}

function harnessOf({ definition, paths, whole, updates }: Shape): ConformanceHarness {
  const pathOf = (stream: string) => paths[stream] ?? stream;
  function writeOf(stream: string, ability: WriteAbility) {
    return ability === "create"
      ? { method: "POST", path: new RegExp(`/${pathOf(stream)}$`) }
      : { method: updates[stream] ?? "PATCH", path: new RegExp(`/${pathOf(stream)}/[^/]+$`) };
  }
  return {
    definition: smartbarrelConnector,
    async start(clock) {
      const simulator = await startSmartbarrelSimulator({
        now: clock.millis,
        data,
        definition,
        pageSize: 2,
      });
      const ids: Readonly<Record<string, () => readonly string[]>> = {
        workers: () => simulator.workers.all().map(({ id }) => id),
        positions: () => simulator.positions.all().map(({ id }) => id),
        projects: () => simulator.projects.all().map(({ id }) => id),
        cost_codes: () => simulator.costCodes.all().map(({ id }) => id),
        shifts: () => simulator.shifts.all().map(({ id }) => id),
        shift_entries: () =>
          data.shifts.flatMap(({ id, entries }) => entries.map((entry) => `${id}:${entry.id}`)),
      };
      return {
        connect: (deps) =>
          smartbarrelConnector.connect(smartbarrelKeys(simulator.url, { definition }), deps),
        secrets: [simulatorTokens.full],
        ids: (stream) => ids[stream]?.() ?? [],
        cutReading: (stream) =>
          simulator.faults.add({
            kind: "cut-body",
            path: new RegExp(`/${pathOf(stream)}$`),
            after: whole.includes(stream) ? 0 : 1,
            times: Number.POSITIVE_INFINITY,
          }),
        loseAnswer: (stream, ability) =>
          simulator.faults.add({ kind: "lose-answer", ...writeOf(stream, ability) }),
        refuseCredentials: () =>
          simulator.faults.add({ kind: "status", status: 401, times: Number.POSITIVE_INFINITY }),
        close: simulator.close,
      };
    },
    samples,
  };
}

describeConnector(
  "smartbarrel, in the assumed shape",
  harnessOf({ definition: {}, paths: { shift_entries: "shifts" }, whole: [], updates: {} }),
);

describeConnector(
  "smartbarrel, in another shape by configuration alone",
  harnessOf({
    definition: otherShape,
    paths: {
      workers: "people",
      positions: "trades",
      projects: "sites",
      cost_codes: "codes",
      shifts: "punches",
      shift_entries: "punches",
    },
    whole: [],
    updates: { workers: "PUT" },
  }),
);
