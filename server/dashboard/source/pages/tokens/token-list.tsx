import { useState } from "preact/hooks";
import type { Token } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Pill, type PillWords } from "../../kit/pill.tsx";
import { Empty } from "../../kit/states.tsx";
import { type Column, Table } from "../../kit/table.tsx";
import { Time, useNow } from "../../kit/time.tsx";
import { sortTokens, type TokenState, tokenState, workspacesText } from "./token-view.ts";

const stateWords: Readonly<Record<TokenState, PillWords>> = {
  good: { word: "Good", tone: "good", icon: "check" },
  "expires-soon": { word: "Ends soon", tone: "warn", icon: "clock" },
  expired: { word: "Expired", tone: "quiet", icon: "clock" },
  revoked: { word: "Revoked", tone: "quiet", icon: "cross" },
};

/** All tokens, those that open a door first. */
export function TokenList({
  tokens,
  onRevoke,
}: {
  readonly tokens: readonly Token[];
  readonly onRevoke: (token: Token) => void;
}) {
  const now = useNow();
  const [asked, setAsked] = useState<Token>();
  if (tokens.length === 0) {
    return <Empty title="There is no token yet">Nobody needs one on this computer.</Empty>;
  }
  return (
    <>
      <div class="table-frame">
        <Table
          caption="Tokens"
          columns={columnsOf(now, setAsked)}
          rows={sortTokens(tokens, now)}
          rowKey={({ id }) => id}
        />
      </div>
      {asked && (
        <RevokeDialog
          token={asked}
          onClose={() => setAsked(undefined)}
          onRevoke={() => {
            onRevoke(asked);
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}

function columnsOf(now: number, onAsk: (token: Token) => void): readonly Column<Token>[] {
  return [
    { key: "name", title: "Name", isName: true, cell: ({ name }) => name },
    {
      key: "state",
      title: "State",
      width: "8rem",
      cell: (token) => <Pill {...stateWords[tokenState(token, now)]} />,
    },
    { key: "role", title: "Role", width: "6rem", cell: ({ role }) => role },
    { key: "workspaces", title: "Workspaces", cell: workspacesText },
    {
      key: "used",
      title: "Used last",
      cell: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? <span class="soft">never</span> : <Time at={lastUsedAt} />,
    },
    { key: "ends", title: "Ends", cell: (token) => <End token={token} /> },
    {
      key: "revoke",
      title: "Revoke",
      isUntitled: true,
      align: "end",
      width: "7rem",
      cell: (token) =>
        token.revokedAt === undefined && (
          <Button look="danger" isSmall about={token.name} onPress={() => onAsk(token)}>
            Revoke
          </Button>
        ),
    },
  ];
}

function End({ token: { expiresAt, revokedAt } }: { readonly token: Token }) {
  if (revokedAt !== undefined) {
    return (
      <span>
        revoked <Time at={revokedAt} />
      </span>
    );
  }
  return expiresAt === undefined ? (
    <span class="soft">when it is revoked</span>
  ) : (
    <Time at={expiresAt} />
  );
}

function RevokeDialog({
  token,
  onClose,
  onRevoke,
}: {
  readonly token: Token;
  readonly onClose: () => void;
  readonly onRevoke: () => void;
}) {
  return (
    <Dialog
      title={`Revoke the token of ${token.name}?`}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button look="danger" icon="cross" onPress={onRevoke}>
            Revoke it
          </Button>
        </>
      }
    >
      <p>
        Whoever uses it is signed out at once, and programs that send it are refused. It cannot be
        taken back; a new token has another text.
      </p>
    </Dialog>
  );
}
