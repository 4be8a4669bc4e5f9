/** A sentence of the documents: what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text never move.
      <code key={index} className="rounded-sm bg-sunk px-1 py-0.5 font-mono text-[0.875em]">
        {part}
      </code>
    ),
  )
}
