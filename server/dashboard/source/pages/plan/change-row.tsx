import { kindSign } from "../../../../../cli/render/words.ts";
import { ValueText } from "../../kit/value-text.tsx";
import { type ChangeShown, type FieldShown, kindWords } from "./change-view.ts";
import { moveByKey } from "./tick-keys.ts";

export interface ChangeRowProps {
  readonly change: ChangeShown;
  /** Undefined where nothing can be ticked. */
  readonly tick:
    | { readonly isTicked: boolean; readonly onTick: (isTicked: boolean) => void }
    | undefined;
  /** It was not among those that were approved. */
  readonly isLeftOut: boolean;
  readonly recordHref: string;
}

/** One change: what it does to which record, and field by field what it writes. */
export function ChangeRow({ change, tick, isLeftOut, recordHref }: ChangeRowProps) {
  const { kind, label, source, target } = change;
  const title = `${kindWords[kind].title} ${label}`;
  return (
    <article
      class={`change${tick ? " has-tick" : ""}${isLeftOut ? " is-left-out" : ""}`}
      aria-label={title}
    >
      {tick && (
        <label class="tick">
          <input
            type="checkbox"
            data-tick
            checked={tick.isTicked}
            onKeyDown={moveByKey}
            onChange={(event) => tick.onTick(event.currentTarget.checked)}
          />
          <span class="visually-hidden">{title}</span>
        </label>
      )}
      <div class="change-head">
        <span class={`kind kind-${kind}`}>
          <span aria-hidden="true">{kindSign[kind]}</span> {kind}
        </span>
        <h4>
          <a href={recordHref}>{label}</a>
        </h4>
        {isLeftOut && <span class="small soft">not approved</span>}
        <p class="addresses">
          <code>{source}</code>
          <span aria-hidden="true">{kind === "link" ? "=" : "→"}</span>
          <span class="visually-hidden"> to </span>
          <code>{target}</code>
        </p>
      </div>
      <div class="change-body">
        <p class="soft">{change.reason}</p>
        {change.fields.length > 0 && (
          <ul class="field-changes">
            {change.fields.map((field) => (
              <FieldLine key={field.field} field={field} />
            ))}
          </ul>
        )}
        <Notes change={change} />
      </div>
    </article>
  );
}

function FieldLine({ field }: { readonly field: FieldShown }) {
  return (
    <li>
      <code class="field-name">{field.field}</code>
      <div class="field-what">
        <span class="field-values">
          {field.before && (
            <>
              <del>
                <span class="visually-hidden">before: </span>
                <ValueText value={field.before.value} />
              </del>{" "}
              <span aria-hidden="true">→</span>{" "}
            </>
          )}
          <ins>
            <span class="visually-hidden">after: </span>
            <After field={field} />
          </ins>
        </span>
        <small class="field-why">
          {field.why !== "" && <span>{field.why}</span>}
          {field.agreed && (
            <span>
              both had agreed on <ValueText value={field.agreed.value} />
            </span>
          )}
          <code>{field.place}</code>
        </small>
      </div>
    </li>
  );
}

function After({ field }: { readonly field: FieldShown }) {
  if (field.onceCreated !== undefined) return <>{field.onceCreated}, once created</>;
  return (
    <>
      <ValueText value={field.after} />
      {field.refersTo !== undefined && ` (${field.refersTo})`}
    </>
  );
}

function Notes({ change }: { readonly change: ChangeShown }) {
  const { waitsFor, neededBy, rest, place, fields } = change;
  const notes = [
    ...waitsFor.map((text) => `Waits until ${text}.`),
    ...(neededBy === undefined ? [] : [neededBy]),
    ...(rest === undefined ? [] : [rest]),
  ];
  if (notes.length === 0 && fields.length > 0) return null;
  return (
    <ul class="change-notes">
      {notes.map((text) => (
        <li key={text}>{text}</li>
      ))}
      {fields.length === 0 && place !== "" && (
        <li>
          <code>{place}</code>
        </li>
      )}
    </ul>
  );
}
