import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** One of a few values. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly title: string }[];
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A label, something to write in, a word of help, and what is wrong with what was written. */
export function Field({
  label,
  help,
  fault,
  children,
}: {
  readonly label: string;
  readonly help?: ComponentChildren;
  readonly fault?: string | undefined;
  /** Gets what ties the input to its texts: spread it onto the input. */
  readonly children: (tied: {
    readonly id: string;
    readonly "aria-describedby"?: string;
    readonly "aria-invalid"?: true;
  }) => ComponentChildren;
}) {
  const id = useId();
  const about = [help !== undefined && `${id}-help`, fault !== undefined && `${id}-fault`]
    .filter((each) => each !== false)
    .join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        ...(about === "" ? {} : { "aria-describedby": about }),
        ...(fault === undefined ? {} : { "aria-invalid": true }),
      })}
      {help !== undefined && (
        <p id={`${id}-help`} class="field-help">
          {help}
        </p>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} class="field-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
