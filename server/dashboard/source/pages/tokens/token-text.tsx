import { useEffect, useRef } from "preact/hooks";
import type { Token } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { CopyLines } from "../../kit/copy-lines.tsx";
import { Notice } from "../../kit/notice.tsx";

export interface Made {
  readonly token: Token;
  /** Told once; nobody can ask for it again. */
  readonly text: string;
}

/** The text of a new token, until somebody says that it is stored. */
export function TokenText({
  made: { token, text },
  wasOpen,
  onDone,
}: {
  readonly made: Made;
  /** It was the first one: until now nobody needed a token. */
  readonly wasOpen: boolean;
  readonly onDone: () => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      <Notice tone="good" icon="key" title={`The token of ${token.name}`}>
        <p>
          Copy it now, and store it in a password manager: it is shown this once. The service keeps
          only a hash of it.
        </p>
        <CopyLines text={text} label={`Token of ${token.name}`} />
        {wasOpen && (
          <p>
            From now on everybody needs a token here. This browser is signed in with the new one
            already.
          </p>
        )}
        <p>
          <Button
            icon="check"
            onPress={() => {
              // The page around this one still believes that nobody needs a token.
              if (wasOpen) location.assign("/tokens");
              else onDone();
            }}
          >
            I have stored it
          </Button>
        </p>
      </Notice>
    </div>
  );
}
