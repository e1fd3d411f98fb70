import { Notice } from "../../kit/notice.tsx";
import type { GuardShown } from "./guard-view.ts";

export interface GuardListProps {
  readonly guards: readonly GuardShown[];
  readonly allowed: ReadonlySet<string>;
  /** Undefined where nothing is to be decided. */
  readonly onAllow: ((key: string, isAllowed: boolean) => void) | undefined;
}

/** What stands against the plan comes first: nobody shall approve it without having read this. */
export function GuardList({ guards, allowed, onAllow }: GuardListProps) {
  if (guards.length === 0) return null;
  const open = guards.some(({ kind }) => kind !== "allowed");
  return (
    <section class="guards">
      <h2 class="visually-hidden">Guards</h2>
      <Notice
        tone={open ? "warn" : "quiet"}
        title={
          guards.length === 1
            ? "A guard stands against this plan"
            : `${guards.length} guards stand against this plan`
        }
      >
        <ul class="guard-list">
          {guards.map((guard) => (
            <li key={guard.key}>
              <p>
                <strong>{guard.mapping}:</strong> {guard.message}
              </p>
              <GuardAnswer guard={guard} isAllowed={allowed.has(guard.key)} onAllow={onAllow} />
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}

function GuardAnswer({
  guard,
  isAllowed,
  onAllow,
}: {
  readonly guard: GuardShown;
  readonly isAllowed: boolean;
  readonly onAllow: GuardListProps["onAllow"];
}) {
  if (guard.kind === "allowed") {
    return <p class="small soft">Let through when the run was asked for.</p>;
  }
  if (guard.kind === "barred") {
    return (
      <p class="small soft">
        This cannot be let through here. Do what it says, and run the mapping again.
      </p>
    );
  }
  if (!onAllow) return null;
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isAllowed}
        onChange={(event) => onAllow(guard.key, event.currentTarget.checked)}
      />
      <span>I have looked at this, and it is right for this plan.</span>
    </label>
  );
}
