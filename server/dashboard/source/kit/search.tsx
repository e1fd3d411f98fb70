import { useEffect, useId, useRef, useState } from "preact/hooks";
import { after } from "../surroundings.ts";
import { Icon } from "./icon.tsx";

/** A person types some letters before anything is looked for, milliseconds. */
const typingMs = 250;

/** A field to search in what is shown. The answer follows while a person types. */
export function Search({
  label,
  value,
  onSearch,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
  readonly placeholder?: string;
}) {
  const id = useId();
  const [text, setText] = useState(value);
  const newest = useRef({ onSearch, told: value });
  newest.current.onSearch = onSearch;
  useEffect(() => {
    if (value === newest.current.told) return;
    newest.current.told = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === newest.current.told) return undefined;
    return after(typingMs, () => {
      newest.current.told = text;
      newest.current.onSearch(text);
    });
  }, [text]);
  return (
    <search class="search no-print">
      <label for={id} class="visually-hidden">
        {label}
      </label>
      <Icon name="search" />
      <input
        id={id}
        type="search"
        class="input"
        value={text}
        placeholder={placeholder ?? label}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </search>
  );
}
