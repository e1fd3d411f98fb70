import { plainPaint, type TextOptions } from "../../cli/render/paint.ts";
import { type RunLogFormat, runLog } from "../../cli/render/run-log.ts";
import { timeText } from "../../cli/render/time-text.ts";
import { visible } from "../../cli/render/visible.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { RunSummary, StateStore } from "../../engine/state/store.ts";
import type { Service } from "../service.ts";
import { admitToRequest } from "./admit.ts";
import { fine } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";
import { batchesOf } from "./run-positions.ts";
import { runsOf } from "./run-views.ts";

/** The log of a request as the command line writes it, piece by piece, so that a long one takes no more memory than a short one. */
export function logPart(deps: ServiceDeps): Pick<Service, "log"> {
  return {
    async log(actor, id, format) {
      const admitted = await admitToRequest(deps, actor, "viewer", id);
      if (!admitted.ok) return admitted;
      const request = admitted.value;
      const timeZone = deps.workspaces.get(request.workspace)?.project?.timezone ?? "UTC";
      const runs = await runsOf(deps, request);
      const store = deps.state.workspace(request.workspace);
      return fine(pieces(store, { request, runs }, format, { ...plain, timeZone }));
    },
  };
}

const plain: TextOptions = { paint: plainPaint, brief: false };

async function* pieces(
  store: StateStore,
  { request, runs }: { readonly request: RunRequest; readonly runs: readonly RunSummary[] },
  format: RunLogFormat,
  options: TextOptions,
): AsyncGenerator<string> {
  if (runs.length === 0) yield headWithoutRun(request, format, options);
  for (const [index, run] of runs.entries()) {
    const log = runLog(format, run, options);
    // A table has one line of names; the text tells of each run when it began and how it ended.
    if (index === 0) yield log.head;
    else if (format === "txt") yield `\n${log.head}`;
    for await (const batch of batchesOf(store, run.runId, 0)) {
      yield batch.map((entry) => log.line(entry)).join("");
    }
  }
}

/** Of a request that came to nothing before anything was carried out, or has not come so far yet. */
function headWithoutRun(request: RunRequest, format: RunLogFormat, options: TextOptions): string {
  const { id, requestedAt, requestedBy, purpose, mapping, status, note } = request;
  if (format !== "txt") return runLog(format, nothingDone(request), options).head;
  const what = `${purpose === "link" ? "linking run of" : "sync of"} ${mapping}`;
  const lines = [
    `Run       ${id}`,
    `Asked     ${timeText(requestedAt, options.timeZone)} by ${visible(requestedBy)}`,
    `What      ${visible(what)}`,
    `Result    ${status}; nothing was carried out`,
    ...(note === undefined ? [] : [`Note      ${visible(note)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function nothingDone(request: RunRequest): RunSummary {
  return {
    runId: request.id,
    planId: request.planId ?? "",
    planDigest: "",
    purpose: request.purpose,
    mappings: [request.mapping],
    configurationDigest: request.configurationDigest ?? "",
    startedAt: request.requestedAt,
    startedBy: request.requestedBy,
    status: "refused",
    counts: {},
  };
}
