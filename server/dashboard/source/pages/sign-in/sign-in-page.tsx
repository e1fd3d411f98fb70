import { useState } from "preact/hooks";
import { setCsrf } from "../../api/call.ts";
import { api, type SessionView } from "../../api/client.ts";
import type { Problem } from "../../api/problem.ts";
import { useRead } from "../../api/use-read.ts";
import { Button, ButtonLink } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice } from "../../kit/notice.tsx";
import { navigate } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import { roleWords } from "../../words.ts";
import type { PageProps } from "../page.ts";
import { goOnTo, refusalText } from "./sign-in-words.ts";
import "./sign-in.css";

/** A token opens a session of this browser. The token itself is not kept here. */
export function Page({ route }: PageProps<"sign-in">) {
  const to = goOnTo(route.query.get("to"));
  const session = useRead("who", async () => {
    const reply = await api.session();
    if (reply.ok) setCsrf(reply.value.csrf);
    return reply;
  });
  // What was known before is no longer so when it cannot be read again: somebody has just signed out.
  const isKnown = session.state === "ready" && session.problem === undefined;
  const known = isKnown ? session.value : undefined;
  return (
    <div class="sign-in stack">
      <p class="sign-in-brand">
        <img src="/mark.svg" alt="" width="32" height="32" />
        <span>syncctl</span>
      </p>
      <PageHead title="Sign in" />
      {known?.how === "session" && <AlreadyIn session={known} to={to} onLeft={session.reload} />}
      {known?.isOpen === true && <OpenHere to={to} />}
      <SignInForm to={to} />
      <p class="small soft">
        You have none? An admin makes one for you on the page Tokens. The very first one is made on
        the computer that the service runs on, with <code>syncctl tokens create</code>.
      </p>
    </div>
  );
}

function SignInForm({ to }: { readonly to: string }) {
  const [token, setToken] = useState("");
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const refuse = (problem: Problem) => setFault(refusalText(problem));
  const signIn = async () => {
    if (token.trim() === "") return setFault("Paste a token.");
    setBusy(true);
    setFault(undefined);
    const reply = await api.signIn(token.trim());
    setBusy(false);
    if (!reply.ok) return refuse(reply.problem);
    setCsrf(reply.value.csrf);
    navigate(to, "replace");
  };
  return (
    <form
      class="card stack"
      // Only where scripts do not run; a token must never stand in an address.
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      {/* Password managers store a secret with a name, and the token is for this service. */}
      <input
        class="visually-hidden"
        type="text"
        name="username"
        autocomplete="username"
        value="syncctl"
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field label="Token" fault={fault}>
        {(tied) => (
          <input
            {...tied}
            class="input"
            type="password"
            name="token"
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck={false}
            value={token}
            onInput={(event) => {
              setToken(event.currentTarget.value);
              setFault(undefined);
            }}
          />
        )}
      </Field>
      <Button type="submit" look="primary" icon="key" isBusy={isBusy}>
        Sign in
      </Button>
    </form>
  );
}

function AlreadyIn({
  session,
  to,
  onLeft,
}: {
  readonly session: SessionView;
  readonly to: string;
  readonly onLeft: () => void;
}) {
  const { name, role } = session.actor;
  const leave = async () => {
    await api.signOut();
    setCsrf(undefined);
    onLeft();
  };
  return (
    <Notice tone="good" title={`You are signed in as ${name}, who ${roleWords[role]}.`}>
      <p class="cluster">
        <ButtonLink href={to} icon="arrow" isSmall>
          Go on
        </ButtonLink>
        <Button isSmall onPress={() => void leave()}>
          Sign out
        </Button>
      </p>
    </Notice>
  );
}

function OpenHere({ to }: { readonly to: string }) {
  return (
    <Notice tone="info" icon="key" title="No token is needed on this computer.">
      <p>
        The service listens on this computer only and has no tokens yet, so that whoever sits here
        can use it. As soon as the first token is made, it asks everybody for one.
      </p>
      <p>
        <ButtonLink href={to} icon="arrow" isSmall>
          Go on without a token
        </ButtonLink>
      </p>
    </Notice>
  );
}
