import { useEffect, useState } from "preact/hooks";
import { after } from "../surroundings.ts";
import { Button } from "./button.tsx";
import { say } from "./toast.tsx";

/** How long the button says that it has copied, milliseconds. */
const saidMs = 2_500;

/** Lines to put into a file or to run, with a button that copies them. */
export function CopyLines({ text, label }: { readonly text: string; readonly label: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => (isCopied ? after(saidMs, () => setCopied(false)) : undefined), [isCopied]);
  const copy = async () => {
    // Browsers give no clipboard to pages that came over plain HTTP from another machine.
    if (navigator.clipboard === undefined) {
      return say("This browser does not let the page copy. Select the lines and copy them.");
    }
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => say("The lines could not be copied. Select them and copy them."),
    );
  };
  return (
    <div class="copy-lines">
      <pre>{text}</pre>
      <div class="no-print">
        <Button
          onPress={() => void copy()}
          icon={isCopied ? "check" : "copy"}
          isSmall
          about={label}
        >
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </div>
    </div>
  );
}
