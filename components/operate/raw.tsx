import { CopyButton } from '#components/ui/copy-button.tsx'

/** A text as it is, to read and to copy. JSON is laid out in lines; what is copied is the original. */
export function Raw({ text, label }: { text: string; label: string }) {
  const region = (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse.
      tabIndex={0}
      className="max-h-120 overflow-auto rounded-md border border-line bg-sunk p-4 pr-12"
    >
      <pre className="font-mono text-xs leading-5">{laidOut(text)}</pre>
    </section>
  )
  return (
    <div className="relative">
      {region}
      <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} className="absolute top-2 right-2 bg-sunk" />
    </div>
  )
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
