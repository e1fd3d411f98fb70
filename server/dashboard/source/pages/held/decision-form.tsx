import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { type DecisionKind, decisionWords } from "./held-decisions.ts";

export interface DecisionFormProps {
  readonly kind: DecisionKind;
  readonly about: { readonly label: string; readonly mapping: string; readonly candidate?: string };
  readonly isBusy: boolean;
  readonly onDecide: (why: string) => void;
  readonly onCancel: () => void;
}

/** Characters of a reason; it becomes a line of a file. */
const whyCharactersMax = 500;

/** The reason is asked for before anything is stored: a year from now nobody remembers. */
export function DecisionForm({ kind, about, isBusy, onDecide, onCancel }: DecisionFormProps) {
  const [why, setWhy] = useState("");
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  const words = decisionWords(kind, about);
  return (
    <form
      class="decision-form stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (why.trim() === "") setFault("Say why, in a few words.");
        else onDecide(why.trim());
      }}
    >
      <div class="stack-close">
        <h3>{words.title}</h3>
        <p class="soft">{words.follows}</p>
      </div>
      <Field
        label="Why?"
        help={`It is written beside the decision. For instance: ${words.example}`}
        fault={fault}
      >
        {(tied) => (
          <textarea
            {...tied}
            ref={input}
            class="input"
            rows={2}
            maxLength={whyCharactersMax}
            value={why}
            onInput={(event) => {
              setWhy(event.currentTarget.value);
              setFault(undefined);
            }}
          />
        )}
      </Field>
      <div class="cluster">
        <Button type="submit" look="primary" icon="check" isBusy={isBusy}>
          {words.button}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          Not now
        </Button>
      </div>
    </form>
  );
}
