import { useId, useState } from "preact/hooks";
import type { Value } from "../../../../../engine/value/value.ts";
import type { VariableView } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Switch } from "../../kit/switch.tsx";
import { Time } from "../../kit/time.tsx";
import { ValueText } from "../../kit/value-text.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import {
  sameValue,
  typedValue,
  variableKind,
  variableText,
  variableTitle,
} from "./variable-input.ts";

export interface VariableFieldProps {
  readonly mapping: string;
  readonly variable: VariableView;
  readonly disabledReason: string | undefined;
  readonly isBusy: boolean;
  readonly onSet: (value: Value) => void;
  readonly onReset: () => void;
}

/** One variable of a mapping: a switch for yes or no, an input for anything else, with what git says below. */
export function VariableField(props: VariableFieldProps) {
  const { mapping, variable, disabledReason, isBusy, onSet, onReset } = props;
  const { name, value, fromGit, override } = variable;
  const title = variableTitle(name);
  const id = useId();
  return (
    <div class="setting">
      <div class="setting-name">
        {variableKind(fromGit) === "switch" ? (
          <span>{title}</span>
        ) : (
          <label for={id}>{title}</label>
        )}
        <code class="small faint">{name}</code>
      </div>
      <div class="setting-value">
        {variableKind(fromGit) === "switch" ? (
          <Switch
            label={title}
            about={`of ${mapping}`}
            isOn={value === true}
            disabledReason={disabledReason}
            isBusy={isBusy}
            onChange={onSet}
          />
        ) : (
          // The value is the key, so that what somebody else has set takes the place of what stands in the input.
          <TypedInput key={variableText(value)} id={id} {...props} />
        )}
        {override ? (
          <div class="setting-note cluster">
            <span>
              Set by {override.by}, <Time at={override.at} />. Git says{" "}
              <strong>
                <ValueText value={fromGit} />
              </strong>
              .
            </span>
            <Button
              isSmall
              about={`again: ${title} of ${mapping}`}
              disabledReason={disabledReason}
              isBusy={isBusy}
              onPress={onReset}
            >
              As in git
            </Button>
          </div>
        ) : (
          <p class="setting-note">As in git.</p>
        )}
      </div>
    </div>
  );
}

function TypedInput({
  id,
  mapping,
  variable: { name, value, fromGit },
  disabledReason,
  isBusy,
  onSet,
}: VariableFieldProps & { readonly id: string }) {
  const kind = variableKind(fromGit);
  const [text, setText] = useState(variableText(value));
  const typed = typedValue(kind, text);
  const isChanged = typed.ok ? !sameValue(typed.value, value) : true;
  const shared = {
    id,
    class: "input",
    value: text,
    readOnly: disabledReason !== undefined,
    spellcheck: false,
    "aria-invalid": !typed.ok,
    "aria-describedby": `${id}-fault`,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      setText(event.currentTarget.value),
  };
  return (
    <form
      class="stack-close"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.ok && isChanged) onSet(typed.value);
      }}
    >
      {kind === "data" ? (
        <textarea {...shared} class="input mono" rows={Math.min(8, text.split("\n").length)} />
      ) : (
        <input {...shared} inputMode={kind === "number" ? "decimal" : "text"} autocomplete="off" />
      )}
      <p id={`${id}-fault`} class="field-fault">
        {!typed.ok && <WithCode text={typed.why} />}
      </p>
      {isChanged && (
        <div class="cluster">
          <Button
            type="submit"
            look="primary"
            isSmall
            about={`${name} of ${mapping}`}
            isBusy={isBusy}
            disabledReason={typed.ok ? undefined : typed.why}
          >
            Save
          </Button>
          <Button look="quiet" isSmall onPress={() => setText(variableText(value))}>
            Undo
          </Button>
        </div>
      )}
    </form>
  );
}
