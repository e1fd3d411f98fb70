/** A sentence in which commands and keys stand between backticks, as messages of syncctl have them. */
export function WithCode({ text }: { readonly text: string }) {
  const parts = text.split("`");
  return (
    <>
      {parts.map((part, place) =>
        // Every second part stood between two backticks.
        place % 2 === 1 ? <code key={place}>{part}</code> : part,
      )}
    </>
  );
}
