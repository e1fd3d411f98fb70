import type { RestKinds } from "../http/rest/stream.ts";
import { costCodesSchema } from "./streams/cost-codes.ts";
import { positionsSchema } from "./streams/positions.ts";
import { projectsSchema } from "./streams/projects.ts";
import { shiftEntriesSchema } from "./streams/shift-entries.ts";
import { shiftsSchema } from "./streams/shifts.ts";
import { workersSchema } from "./streams/workers.ts";

/** What each stream is, whatever the API calls things. `definition.ts` says what travels on the wire. */
export const smartbarrelKinds = {
  workers: { schema: workersSchema },
  positions: { schema: positionsSchema },
  projects: { schema: projectsSchema },
  cost_codes: {
    schema: costCodesSchema,
    under: { stream: "projects", parameter: "project_id" },
  },
  shifts: { schema: shiftsSchema },
  shift_entries: { schema: shiftEntriesSchema, nested: true },
} as const satisfies RestKinds;
