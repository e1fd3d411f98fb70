import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";
import { say } from "./toast.tsx";

type ButtonLook = "primary" | "plain" | "quiet" | "danger";

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress?: (event: MouseEvent) => void;
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  readonly type?: "button" | "submit";
  /** What it is about, for who hears the page and does not see it: "Sync now" for "people". */
  readonly about?: string;
  /** Why it cannot be pressed. It stays where the keyboard finds it, and says so. */
  readonly disabledReason?: string | undefined;
  /** It was pressed and is not done yet. */
  readonly isBusy?: boolean;
  readonly isSmall?: boolean;
}

export function Button({
  children,
  onPress,
  look = "plain",
  icon,
  type = "button",
  about,
  disabledReason,
  isBusy = false,
  isSmall = false,
}: ButtonProps) {
  const id = useId();
  const isOff = isBusy || disabledReason !== undefined;
  return (
    <span class="button-place" data-reason={disabledReason}>
      <button
        type={type}
        class={`button button-${look}${isSmall ? " button-small" : ""}`}
        aria-disabled={isOff}
        aria-busy={isBusy}
        aria-describedby={disabledReason === undefined ? undefined : id}
        onClick={(event) => {
          if (!isOff) return onPress?.(event);
          event.preventDefault();
          if (disabledReason !== undefined) say(disabledReason);
        }}
      >
        {icon !== undefined && <Icon name={isBusy ? "turning" : icon} />}
        <span>
          {children}
          {about !== undefined && <span class="visually-hidden"> {about}</span>}
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

/** A link that looks like a button: it leads somewhere, or downloads something. */
export function ButtonLink({
  href,
  children,
  look = "plain",
  icon,
  about,
  download = false,
  isSmall = false,
}: Pick<ButtonProps, "children" | "look" | "icon" | "about" | "isSmall"> & {
  readonly href: string;
  readonly download?: boolean;
}) {
  return (
    <a
      class={`button button-${look}${isSmall ? " button-small" : ""}`}
      href={href}
      download={download ? "" : undefined}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>
        {children}
        {about !== undefined && <span class="visually-hidden"> {about}</span>}
      </span>
    </a>
  );
}
