import type { Call, CheckResult, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { readStream } from "./read.ts";
import { pathsOf } from "./record.ts";
import { formOf, type RestKinds, readableOf } from "./stream.ts";
import type { RestSystem } from "./system.ts";

/**
 * Whether the credentials are taken, one page of each stream, and which fields no record of that page has: a wrong path
 * in a definition shows as a field that is never there.
 */
export async function checkSystem(
  system: RestSystem,
  kinds: RestKinds,
  call: Call,
): Promise<readonly CheckResult[]> {
  const tried: Tried[] = [];
  for (const name of Object.keys(kinds)) {
    const page = await firstPage(system, kinds, name, call);
    tried.push({ name, page });
    // Whoever is turned away at the door is turned away again.
    if (!page.ok && page.problem.code === "credentials-refused") break;
  }
  return [
    credentialsLine(tried),
    ...Object.keys(kinds).map((name) => streamLine(system, kinds, name, tried)),
  ];
}

interface Tried {
  readonly name: string;
  readonly page: FirstPage;
}

type FirstPage =
  | { readonly ok: true; readonly records: readonly StreamRecord[] }
  | { readonly ok: false; readonly problem: Problem };

async function firstPage(
  system: RestSystem,
  kinds: RestKinds,
  name: string,
  call: Call,
): Promise<FirstPage> {
  const kind = kinds[name];
  if (kind === undefined) throw new Error(`No kind of record is called ${name}.`);
  const readable = readableOf(system, formOf(system, kind), kinds);
  for await (const event of readStream(system, readable, call)) {
    if (event.kind === "stopped") return { ok: false, problem: event.problem };
    return { ok: true, records: event.kind === "records" ? event.records : [] };
  }
  throw new Error("A reading ended without saying so.");
}

function credentialsLine(tried: readonly Tried[]): CheckResult {
  const what = "credentials";
  const problems = tried.flatMap(({ page }) => (page.ok ? [] : [page.problem]));
  const refused = problems.find(({ code }) => code === "credentials-refused");
  if (refused) return { what, status: "failed", message: refused.message };
  if (problems.length < tried.length || problems.some(isAnswer)) {
    return { what, status: "ok", message: "The credentials are accepted." };
  }
  return { what, status: "unknown", message: "This cannot be told until an answer comes." };
}

/** Whether the problem is the system's answer to somebody whom it knows. */
function isAnswer({ code }: Problem): boolean {
  return code === "permission-denied" || code === "rejected";
}

function streamLine(
  system: RestSystem,
  kinds: RestKinds,
  what: string,
  tried: readonly Tried[],
): CheckResult {
  const page = tried.find(({ name }) => name === what)?.page;
  if (!page || (!page.ok && page.problem.code === "credentials-refused")) {
    const message = "This cannot be told until the credentials are accepted.";
    return { what, status: "unknown", message };
  }
  if (!page.ok) return { what, status: "failed", message: page.problem.message };
  if (page.records.length === 0) {
    const message = "Can be read, and the first page is empty, so that its fields are not proved.";
    return { what, status: "unknown", message };
  }
  const kind = kinds[what];
  const untold = kind ? untoldFields(system, kind.schema.stream, page.records) : [];
  if (untold.length === 0) return { what, status: "ok", message: "One page was read." };
  const message = `One page was read. None of its records has ${untold.join(", ")}. If the system has them, correct their paths in the connection's \`definition\`.`;
  return { what, status: "unknown", message };
}

function untoldFields(
  { definition }: RestSystem,
  stream: string,
  records: readonly StreamRecord[],
): readonly string[] {
  const shape = definition.streams[stream];
  return (shape ? pathsOf(shape) : [])
    .filter(([name]) => records.every(({ fields }) => fields[name] === undefined))
    .map(([name, path]) => `${name} (${path})`);
}
