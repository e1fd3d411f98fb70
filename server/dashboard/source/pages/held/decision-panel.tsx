import { useState } from "preact/hooks";
import { addressText, parseAddress } from "../../../../../engine/value/address.ts";
import type { HeldDecision, HeldView } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice } from "../../kit/notice.tsx";
import { useMay } from "../../shell/session.tsx";
import { labelShown } from "../plan/change-view.ts";
import { DecisionForm } from "./decision-form.tsx";
import { ignoringIsIdle } from "./held-decisions.ts";
import { type Decided, useDecision } from "./use-decision.ts";

/** What is being decided, before the reason was given. */
interface Chosen {
  readonly decision: HeldDecision;
  /** Of the other record. */
  readonly name?: string;
}

/** What a person can say about a held record. */
export function DecisionPanel({
  held,
  workspace,
  onDecided,
}: {
  readonly held: HeldView;
  readonly workspace: string;
  readonly onDecided: (decided: Decided) => void;
}) {
  const mayNot = useMay("operator");
  const [chosen, setChosen] = useState<Chosen>();
  const decision = useDecision(workspace, held, onDecided);
  if (chosen) {
    const { name } = chosen;
    const about = { label: labelShown(held.label), mapping: held.mapping };
    return (
      <>
        {decision.problem && <Notice tone="bad" title={decision.problem.message} isUrgent />}
        <DecisionForm
          kind={chosen.decision.kind}
          about={name === undefined ? about : { ...about, candidate: name }}
          isBusy={decision.isBusy}
          onDecide={(why) => decision.decide(chosen.decision, why)}
          onCancel={() => setChosen(undefined)}
        />
      </>
    );
  }
  return (
    <section class="decisions stack no-print" aria-labelledby="decisions-title">
      <h3 id="decisions-title">Your decision</h3>
      {held.candidates.length > 0 && (
        <ul class="stack-close">
          {held.candidates.map((candidate) => (
            <CandidateChoice
              key={addressText(candidate.address)}
              candidate={candidate}
              mayNot={mayNot}
              onChoose={setChosen}
            />
          ))}
        </ul>
      )}
      <OtherRecord
        mayNot={mayNot}
        hasCandidates={held.candidates.length > 0}
        onChoose={setChosen}
      />
      <p>
        <Button
          disabledReason={mayNot ?? ignoringIsIdle(held)}
          icon="skip"
          onPress={() => setChosen({ decision: { kind: "ignore" } })}
        >
          Leave it out
        </Button>
      </p>
    </section>
  );
}

function CandidateChoice({
  candidate,
  mayNot,
  onChoose,
}: {
  readonly candidate: HeldView["candidates"][number];
  readonly mayNot: string | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const target = addressText(candidate.address);
  const name = labelShown(candidate.label);
  return (
    <li class="candidate-choice spread">
      <span>
        {name} <code class="small soft">{target}</code>
      </span>
      <span class="cluster">
        <Button
          look="primary"
          about={`with ${name}, ${target}`}
          disabledReason={mayNot}
          onPress={() => onChoose({ decision: { kind: "link", target }, name })}
        >
          They are one
        </Button>
        <Button
          about={`as ${name}, ${target}`}
          disabledReason={mayNot}
          onPress={() => onChoose({ decision: { kind: "apart", target }, name })}
        >
          Not the same
        </Button>
      </span>
    </li>
  );
}

/** The right one is there, and no key has found it. */
function OtherRecord({
  mayNot,
  hasCandidates,
  onChoose,
}: {
  readonly mayNot: string | undefined;
  readonly hasCandidates: boolean;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const [target, setTarget] = useState("");
  const [fault, setFault] = useState<string>();
  return (
    <details class="other-record">
      <summary>
        {hasCandidates ? "It is another record" : "Its counterpart is there already"}
      </summary>
      <form
        class="cluster"
        onSubmit={(event) => {
          event.preventDefault();
          const address = parseAddress(target.trim());
          if (address)
            onChoose({
              decision: { kind: "link", target: addressText(address) },
              name: addressText(address),
            });
          else setFault("An address has three parts: connection/stream/id.");
        }}
      >
        <Field
          label="Its address"
          help="connection/stream/id, such as procore/users/120309"
          fault={fault}
        >
          {(tied) => (
            <input
              {...tied}
              class="input"
              value={target}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => {
                setTarget(event.currentTarget.value);
                setFault(undefined);
              }}
            />
          )}
        </Field>
        <Button type="submit" disabledReason={mayNot}>
          They are one
        </Button>
      </form>
    </details>
  );
}
