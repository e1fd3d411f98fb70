import { useState } from "preact/hooks";
import type { Role } from "../../../../../engine/state/service-store.ts";
import { setCsrf } from "../../api/call.ts";
import { api } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../kit/button.tsx";
import { Field, Select } from "../../kit/field.tsx";
import { Notice } from "../../kit/notice.tsx";
import { say } from "../../kit/toast.tsx";
import { now } from "../../surroundings.ts";
import { workspaceTitle } from "../../words.ts";
import type { Made } from "./token-text.tsx";
import { expiryOf, lifetimes, roleMeaning } from "./token-view.ts";

const roles: readonly Role[] = ["viewer", "operator", "admin"];

/** Characters of a name, as the service takes them. */
const nameCharactersMax = 200;

/** `isFirst`: nobody needs a token yet, and the first one closes that door. */
export function NewToken({
  isFirst,
  onMade,
}: {
  readonly isFirst: boolean;
  readonly onMade: (made: Made) => void;
}) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>(isFirst ? "admin" : "viewer");
  const [lifetime, setLifetime] = useState("365");
  const [only, setOnly] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    if (name.trim() === "") return setFault("Say whose token it is, or what it is for.");
    setBusy(true);
    const expiresAt = expiryOf(lifetime === "never" ? null : Number(lifetime), now());
    const reply = await api.createToken({
      name: name.trim(),
      role,
      ...(only.size === 0 ? {} : { workspaces: [...only] }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    // Before anything else is asked: from now on this browser needs a token as well.
    if (reply.ok && isFirst) await signIn(reply.value.text);
    setBusy(false);
    if (reply.ok) onMade(reply.value);
    else setFault(reply.problem.message);
  };
  return (
    <form
      class="card stack"
      aria-labelledby="new-token-title"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <h2 id="new-token-title">{isFirst ? "Make the first token" : "Make a token"}</h2>
      {isFirst && <FirstNotice />}
      <div class="token-form">
        <Field label="Name" help="Whose it is, or what it is for" fault={fault}>
          {(tied) => (
            <input
              {...tied}
              class="input"
              value={name}
              maxLength={nameCharactersMax}
              autocomplete="off"
              onInput={(event) => {
                setName(event.currentTarget.value);
                setFault(undefined);
              }}
            />
          )}
        </Field>
        <Lifetime value={lifetime} onChoose={setLifetime} />
      </div>
      {!isFirst && <RoleChoice role={role} onChoose={setRole} />}
      {!isFirst && <WorkspaceChoice only={only} onChoose={setOnly} />}
      <p>
        <Button type="submit" look="primary" icon="key" isBusy={isBusy}>
          Make the token
        </Button>
      </p>
    </form>
  );
}

function FirstNotice() {
  return (
    <Notice tone="info" icon="key" title="From the first token on, everybody needs one.">
      <p>So the first one is that of an admin, who can make the others.</p>
    </Notice>
  );
}

function Lifetime({
  value,
  onChoose,
}: {
  readonly value: string;
  readonly onChoose: (value: string) => void;
}) {
  const options = lifetimes.map(({ days, title }) => ({ value: String(days ?? "never"), title }));
  return <Select label="Good for" value={value} options={options} onChange={onChoose} />;
}

async function signIn(text: string): Promise<void> {
  const reply = await api.signIn(text);
  if (reply.ok) setCsrf(reply.value.csrf);
  else say(reply.problem.message, "bad");
}

function RoleChoice({
  role,
  onChoose,
}: {
  readonly role: Role;
  readonly onChoose: (role: Role) => void;
}) {
  return (
    <fieldset class="token-roles">
      <legend>Role</legend>
      {roles.map((each) => (
        <label key={each} class="check">
          <input type="radio" name="role" checked={role === each} onChange={() => onChoose(each)} />
          <span>
            <strong>{each}</strong> <span class="soft">{roleMeaning[each]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Shown where there are several. None chosen means all of them, those that come later too. */
function WorkspaceChoice({
  only,
  onChoose,
}: {
  readonly only: ReadonlySet<string>;
  readonly onChoose: (only: ReadonlySet<string>) => void;
}) {
  const read = useRead("workspaces of a token", api.workspaces);
  const workspaces = read.state === "ready" ? read.value.workspaces : [];
  if (workspaces.length < 2) return null;
  return (
    <fieldset class="token-roles">
      <legend>Workspaces</legend>
      <p class="field-help">
        {only.size === 0
          ? "All of them, those that come later too."
          : "Only those that are ticked."}
      </p>
      <div class="token-workspaces">
        {workspaces.map(({ name, title }) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={only.has(name)}
              onChange={(event) => {
                const next = new Set(only);
                if (event.currentTarget.checked) next.add(name);
                else next.delete(name);
                onChoose(next);
              }}
            />
            <span>{workspaceTitle(name, title)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
