import { useId } from "preact/hooks";
import { say } from "./toast.tsx";

interface SwitchProps {
  readonly label: string;
  /** What it is about, for who hears the page. */
  readonly about?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly disabledReason?: string | undefined;
  readonly isBusy?: boolean;
}

/** On or off, at once. The word says which, not the colour alone. */
export function Switch({ label, about, isOn, onChange, disabledReason, isBusy }: SwitchProps) {
  const id = useId();
  const isOff = isBusy === true || disabledReason !== undefined;
  return (
    <span class="switch-place" data-reason={disabledReason}>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isOn}
        aria-disabled={isOff}
        aria-describedby={disabledReason === undefined ? undefined : id}
        onClick={() => {
          if (!isOff) onChange(!isOn);
          else if (disabledReason !== undefined) say(disabledReason);
        }}
      >
        <span class="switch-track" aria-hidden="true">
          <span class="switch-knob" />
        </span>
        <span>
          {label}
          {about !== undefined && <span class="visually-hidden"> {about}</span>}
        </span>
        <span class="switch-word" aria-hidden="true">
          {isOn ? "on" : "off"}
        </span>
      </button>
      {disabledReason !== undefined && (
        <span id={id} class="visually-hidden">
          {disabledReason}
        </span>
      )}
    </span>
  );
}
