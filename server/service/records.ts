import { explanationText } from "../../cli/render/explain-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import { askAbout } from "../../engine/explain/ask.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { addressText, parseAddress, type RecordAddress } from "../../engine/value/address.ts";
import {
  type Answer,
  type ExplainView,
  type RecordView,
  recordsMax,
  type Service,
} from "../service.ts";
import { admitToMapping, admitToProject, admitToWorkspace } from "./admit.ts";
import { fine, type Refused, refuse } from "./answer.ts";
import { type ServiceDeps, timingOf } from "./deps.ts";
import type { WithEngine } from "./with-engine.ts";

type RecordsPart = Pick<Service, "checkConnections" | "records" | "history" | "explain">;

/** What runs did to one record, entries at most: three months of hours are two thousand, and nobody reads them all. */
const historyMax = 200;

/** Characters of what somebody types to find a record. */
const wordMax = 500;

/** Records as they are now, what was done to them, and why. */
export function recordsPart(deps: ServiceDeps, withEngine: WithEngine): RecordsPart {
  const timing = timingOf(deps);
  return {
    async checkConnections(actor, name) {
      const admitted = admitToProject(deps, actor, "operator", name);
      if (!admitted.ok) return admitted;
      return withEngine(admitted.value, timing.checkMs, async (engine, signal) =>
        fine(await engine.check(undefined, signal)),
      );
    },
    async records(actor, name, texts) {
      const admitted = admitToProject(deps, actor, "viewer", name);
      if (!admitted.ok) return admitted;
      const addresses = addressesOf(texts);
      if (!addresses.ok) return addresses;
      return withEngine(admitted.value, timing.recordsMs, async (engine, signal) =>
        fine(await Promise.all(addresses.value.map((one) => readNow(engine, one, signal)))),
      );
    },
    async history(actor, name, text) {
      const admitted = admitToWorkspace(deps, actor, "viewer", name);
      if (!admitted.ok) return admitted;
      const address = parseAddress(text);
      if (!address) return notAnAddress(text);
      return fine(await deps.state.workspace(name).history(address, historyMax));
    },
    async explain(actor, at, record) {
      const admitted = admitToMapping(deps, actor, "viewer", at);
      if (!admitted.ok) return admitted;
      const word = record.trim();
      if (word === "" || word.length > wordMax) {
        const message = `Write an address, an id, a name or a part of one, ${wordMax} characters at most.`;
        return refuse(422, "record-unknown", message);
      }
      const { workspace, mapping, project } = admitted.value;
      return withEngine(workspace, timing.explainMs, (engine, signal) =>
        explain(engine, { mapping: mapping.name, word, timeZone: project.timezone }, signal),
      );
    },
  };
}

function addressesOf(texts: readonly string[]): Answer<readonly RecordAddress[]> {
  if (texts.length > recordsMax) {
    const message = `${texts.length} records were asked for, and ${recordsMax} can be read at one time.`;
    return refuse(422, "records-too-many", message);
  }
  const addresses: RecordAddress[] = [];
  for (const text of texts) {
    const address = parseAddress(text);
    if (!address) return notAnAddress(text);
    addresses.push(address);
  }
  return fine(addresses);
}

export function notAnAddress(text: string): Refused {
  return refuse(
    422,
    "address-unreadable",
    `${JSON.stringify(text)} is not the address of a record: write connection/stream/id.`,
  );
}

async function readNow(
  engine: Engine,
  address: RecordAddress,
  signal: AbortSignal,
): Promise<RecordView> {
  const result = await engine.find(address, signal);
  switch (result.status) {
    case "found":
      return { address, fields: result.record.fields };
    case "missing":
      return { address, problem: `There is no record ${addressText(address)}.` };
    case "failed":
      return { address, problem: result.problem.message };
  }
}

async function explain(
  engine: Engine,
  about: { readonly mapping: string; readonly word: string; readonly timeZone: string },
  signal: AbortSignal,
): Promise<Answer<ExplainView>> {
  const asked = await askAbout(engine, about.mapping, about.word, signal);
  switch (asked.kind) {
    case "explained": {
      const { explanation } = asked;
      const options = { paint: plainPaint, brief: false, timeZone: about.timeZone };
      const text = explanationText(explanation, options);
      return fine({ kind: "explained", text, address: explanation.record });
    }
    case "several":
      return fine({
        kind: "several",
        hits: asked.found.hits.map(({ address, label }) => ({ address, label })),
      });
    case "none":
      return refuse(
        404,
        "record-unknown",
        `No record fits ${JSON.stringify(about.word)}. ${asked.where.join(" ")}`,
      );
    case "barred":
      return refuse(409, asked.barrier.code, asked.barrier.message);
    case "stopped":
      return refuse(503, "answer-late", "The systems did not answer in time.");
  }
}
