import { addressText, parseAddress } from "../../engine/value/address.ts";
import {
  type Actor,
  type Answer,
  type MappingView,
  type RecordView,
  recordsMax,
  type Service,
} from "../../server/service.ts";
import { fakePerson, inPeople, personFields, userFields } from "./service-fake-people.ts";
import { entriesOf, type FakeState, heldViews, putMapping } from "./service-fake-state.ts";
import { fine, mustBe, noMapping, noWorkspace, refused, sees } from "./service-fake-trouble.ts";
import type { FakeMapping, FakeWorkspace } from "./service-fake-workspaces.ts";

type DecisionsPart = Pick<
  Service,
  | "held"
  | "decide"
  | "setAutosync"
  | "setVariable"
  | "checkConnections"
  | "records"
  | "history"
  | "explain"
>;

/** Held records and what people say about them, switches, variables, records as they are now. */
export function fakeDecisions(state: FakeState): DecisionsPart {
  const seen = (actor: Actor, name: string) =>
    state.workspaces.find((each) => each.name === name && sees(actor, name));
  return {
    async held(actor, workspace, mapping) {
      if (!seen(actor, workspace)) return noWorkspace(workspace);
      return fine(heldViews(state, workspace, mapping));
    },
    async decide(actor, about, decision) {
      const no = mustBe(actor, "operator");
      if (no) return no;
      const workspace = seen(actor, about.workspace);
      if (!workspace) return noWorkspace(about.workspace);
      const source = parseAddress(about.source);
      const held = heldViews(state, about.workspace, about.mapping);
      if (!source || !held.some((each) => addressText(each.source) === about.source)) {
        return refused(404, "held-unknown", `No held record has the address ${about.source}.`);
      }
      const isWritten = workspace.configuration.isWritable;
      if (isWritten) state.decided.set(source.id, decision.kind);
      const target = decision.kind === "ignore" ? "" : `, target: ${decision.target}`;
      return fine({
        file: `links/${about.mapping}.yaml`,
        lines: `- { ${decision.kind}: ${about.source}${target}, why: ${JSON.stringify(about.why)}, by: ${actor.name} }`,
        isWritten,
      });
    },
    async setAutosync(actor, at, isOn) {
      const by = { by: actor.name, at: state.now() };
      return change(state, actor, at, (mapping) => ({
        ...mapping,
        autosync: { ...mapping.autosync, isOn, ...by },
      }));
    },
    async setVariable(actor, at, value) {
      return change(state, actor, at, (mapping) => {
        if (!mapping.variables.some(({ name }) => name === at.variable)) return undefined;
        const variables = mapping.variables.map((variable) => {
          if (variable.name !== at.variable) return variable;
          const { override: _override, ...plain } = variable;
          if (value === undefined) return { ...plain, value: variable.fromGit };
          return { ...plain, value, override: { by: actor.name, at: state.now() } };
        });
        return { ...mapping, variables };
      });
    },
    async checkConnections(actor, name) {
      const no = mustBe(actor, "operator");
      if (no) return no;
      const workspace = seen(actor, name);
      return workspace ? fine(checksOf(workspace)) : noWorkspace(name);
    },
    ...fakeRecords(state, seen),
  };
}

function fakeRecords(
  state: FakeState,
  seen: (actor: Actor, name: string) => FakeWorkspace | undefined,
): Pick<Service, "records" | "history" | "explain"> {
  return {
    async records(actor, workspace, addresses) {
      if (!seen(actor, workspace)) return noWorkspace(workspace);
      if (addresses.length > recordsMax) {
        return refused(422, "records-too-many", `At most ${recordsMax} records at one time.`);
      }
      const parsed = addresses.map(parseAddress);
      const wrong = parsed.indexOf(null);
      if (wrong >= 0) {
        return refused(422, "address-unreadable", `"${addresses[wrong]}" is no address.`);
      }
      return fine(
        parsed.flatMap((address): readonly RecordView[] => {
          if (!address) return [];
          const number = Number(address.id.replace(/\D/g, "")) % 1000;
          if (number === 233) return [{ address, problem: "procore/users/70233 is not there." }];
          const fields = address.connection === "wfp" ? personFields(number) : userFields(number);
          return [{ address, fields }];
        }),
      );
    },
    async history(actor, workspace, address) {
      if (!seen(actor, workspace)) return noWorkspace(workspace);
      const entries = state.requests.flatMap((request) =>
        request.workspace !== workspace
          ? []
          : entriesOf(request)
              .filter(({ source }) => addressText(source) === address)
              .map((entry) => ({ ...entry, at: request.finishedAt ?? request.requestedAt })),
      );
      return fine(entries.slice(0, 20));
    },
    async explain(actor, at, record) {
      const workspace = seen(actor, at.workspace);
      if (!workspace) return noWorkspace(at.workspace);
      if (!workspace.mappings.some(({ name }) => name === at.mapping)) return noMapping(at.mapping);
      if (record === "nobody") {
        return refused(404, "record-unknown", "No record of the mapping fits what was asked for.");
      }
      if (record.toLowerCase() === "jonas") {
        const hits = [3, 27].map((number) => ({
          address: inPeople(number),
          label: fakePerson(number).label,
        }));
        return fine({ kind: "several", hits });
      }
      const { label } = fakePerson(2);
      const text = explanationOf(label);
      return fine({ kind: "explained", text, address: inPeople(2) });
    },
  };
}

/** As `syncctl explain` tells it. */
function explanationOf(label: string): string {
  return [
    `${label}  wfp/people/P-1002`,
    "Linked to procore/users/70002, and one field is set back: somebody changed it there.",
    "",
    "1 Connected",
    "  wfp      answers  workforce-planning, group Northridge",
    "  procore  answers  procore, company 4242",
    "",
    "2 Read",
    "  The record was read.",
    "  wfp/people     84 records, read to the end  21 Nov 2026, 20:12:05 UTC",
    "  procore/users  91 records, read to the end  21 Nov 2026, 20:12:06 UTC",
    "",
    "3 In scope",
    "  users  yes  when: is_user  mappings/people.yaml:64:5",
    "",
    "4 Matched",
    "  users  linked to procore/users/70002 since 3 Oct 2026",
    "",
    "5 Fields",
    "  users  job_title     in step",
    '         mobile_phone  "(206) 555-0199" in the target, "(206) 555-0002" wanted',
    "",
    "What happens",
    "  ~ update  wfp/people/P-1002 -> procore/users/70002  change update-2",
    "      2 fields differ.",
    "",
  ].join("\n");
}

function change(
  state: FakeState,
  actor: Actor,
  at: { readonly workspace: string; readonly mapping: string },
  how: (mapping: FakeMapping) => FakeMapping | undefined,
): Answer<MappingView> {
  const no = mustBe(actor, "operator");
  if (no) return no;
  const workspace = state.workspaces.find(
    (each) => each.name === at.workspace && sees(actor, each.name),
  );
  if (!workspace) return noWorkspace(at.workspace);
  const mapping = workspace.mappings.find(({ name }) => name === at.mapping);
  if (!mapping) return noMapping(at.mapping);
  const changed = how(mapping);
  if (!changed) return refused(404, "variable-unknown", "The mapping has no such variable.");
  return fine(putMapping(state, workspace, changed));
}

function checksOf(workspace: FakeWorkspace) {
  return workspace.connections.map(({ name, connector, account }) => ({
    connection: name,
    connector,
    account,
    results: [
      { what: "credentials", status: "ok" as const, message: "The account answers." },
      name === "smartbarrel"
        ? {
            what: "workers",
            status: "failed" as const,
            message: "The token may not read workers. Ask for a token that may.",
          }
        : { what: "records", status: "ok" as const, message: "One page was read." },
    ],
  }));
}
