import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'

type SnippetProps = {
  title: string
  /** What its button copies, in words: "Copy the call". */
  copy: string
  /** What the text is, to a screen reader: "The call". */
  label: string
  text: string
  children?: ReactNode
}

/** A text to copy into a terminal, and below it what comes of it. */
export function Snippet({ title, copy, label, text, children }: SnippetProps) {
  return (
    <div className="overflow-hidden rounded-md border border-line bg-raised shadow-card">
      <div className="flex h-11 items-center justify-between border-line border-b pr-2 pl-4">
        <span className="text-xs text-ink-3">{title}</span>
        <CopyButton text={text} label={copy} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse. */}
      <section aria-label={label} tabIndex={0} className="overflow-x-auto p-4">
        <pre className="font-mono text-sm leading-6">
          <code>{text}</code>
        </pre>
      </section>
      {children}
    </div>
  )
}
