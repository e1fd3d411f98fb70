import type { ListShape, RestDefinition, StreamShape } from "../http/rest/definition.ts";

/*
 * What travels between SmartBarrel and us. SmartBarrel publishes no description of an API: EVERYTHING in this file is
 * assumed. It is data and nothing else, so that a connection can override any part of it under `definition` once
 * SmartBarrel has said what the real API looks like. README.md lists what to ask.
 */

function list(path: string, more: Partial<ListShape> = {}): ListShape {
  return {
    path,
    method: "GET",
    query: {},
    since: "updated_since",
    window: null,
    paging: {},
    ...more,
  };
}

const activeOrNot = { active: "active", inactive: "inactive" };

const workers: StreamShape = {
  list: list("/workers", { query: { status: "all" } }),
  get: { path: "/workers/{id}" },
  create: { path: "/workers" },
  update: { path: "/workers/{id}", leaveOut: [] },
  id: "id",
  fields: {
    first_name: "first_name",
    last_name: "last_name",
    email: "email",
    phone: "phone",
    payroll_id: "payroll_id",
    position_id: "position_id",
    contractor_id: "contractor_id",
    is_subcontractor: "is_subcontractor",
    status: "status",
    procore_user_id: "external_refs.procore_user_id",
    created_at: "created_at",
    updated_at: "updated_at",
  },
  values: { status: activeOrNot },
};

const positions: StreamShape = {
  list: list("/positions", { query: { status: "all" } }),
  get: null,
  create: { path: "/positions" },
  update: { path: "/positions/{id}", leaveOut: [] },
  id: "id",
  fields: { name: "name", code: "code", status: "status" },
  values: { status: activeOrNot },
};

const projects: StreamShape = {
  list: list("/projects", { query: { status: "all" } }),
  get: { path: "/projects/{id}" },
  create: { path: "/projects" },
  update: { path: "/projects/{id}", leaveOut: [] },
  id: "id",
  fields: {
    name: "name",
    number: "number",
    timezone: "timezone",
    status: "status",
    only_approved_shifts: "settings.only_approved_shifts",
    include_sub_workers: "settings.include_sub_workers",
    auto_sync_time_card: "settings.auto_sync_time_card",
    procore_project_id: "external_refs.procore_project_id",
  },
  values: { status: activeOrNot },
};

const costCodes: StreamShape = {
  list: list("/projects/{project_id}/cost_codes", { query: { status: "all" }, since: null }),
  get: null,
  create: null,
  update: null,
  id: "id",
  fields: {
    project_id: "{project_id}",
    segment_1: "segments.0",
    segment_2: "segments.1",
    name: "name",
    status: "status",
  },
  values: { status: activeOrNot },
};

const shiftPaths = {
  worker_id: "worker_id",
  project_id: "project_id",
  date: "date",
  time_in: "time_in",
  time_out: "time_out",
  break_minutes: "break_minutes",
  status: "status",
  position_id: "position_id",
};

const shiftValues = {
  status: { pending: "pending", reviewed: "reviewed", approved: "approved", deleted: "deleted" },
};

const shiftCalls = {
  list: list("/shifts", { window: { from: "date_from", to: "date_to" } }),
  get: { path: "/shifts/{id}" },
  create: null,
  update: null,
};

const shifts: StreamShape = {
  ...shiftCalls,
  id: "id",
  fields: { ...shiftPaths, total_hours: "total_hours", updated_at: "updated_at" },
  values: shiftValues,
};

const shiftEntries: StreamShape = {
  ...shiftCalls,
  id: "id",
  fields: { shift_id: "id", ...shiftPaths },
  values: shiftValues,
  nested: {
    list: "entries",
    id: "id",
    fields: {
      hours: "hours",
      cost_code_id: "cost_code_id",
      location: "location",
      earn_code: "earn_code",
    },
  },
};

export const assumedDefinition: RestDefinition = {
  prefix: "/v1",
  auth: { header: "Authorization", scheme: "Bearer" },
  headers: {},
  instants: "iso",
  paging: {
    style: "page",
    items: "data",
    sizeParam: "limit",
    size: 500,
    pageParam: "page",
    firstPage: 1,
    offsetParam: "offset",
    cursorParam: "cursor",
    next: "next_cursor",
    nextOmittedAtEnd: false,
    more: "has_more",
    total: "total",
    shortPageIsLast: false,
  },
  writing: {
    updateMethod: "PATCH",
    wrap: null,
    answer: "",
    idempotencyHeader: "Idempotency-Key",
    idempotencyHonoured: false,
  },
  errors: {
    rejected: [400, 422],
    conflict: [409],
    message: "error.message",
    fields: "error.fields",
  },
  streams: {
    workers,
    positions,
    projects,
    cost_codes: costCodes,
    shifts,
    shift_entries: shiftEntries,
  },
};
